"""One walk: blocks in boxes, in order."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from newsarchive.extraction import outline


def read(html: str) -> outline.Outline:
    return outline.read(LexborHTMLParser(html))


def texts(html: str) -> list[str]:
    return [block.text for block in read(html).blocks]


def test_inline_elements_do_not_end_a_block() -> None:
    assert texts("<p>One <b>bold</b><a href=/x>linked</a>, word.</p>") == ["One boldlinked, word."]


def test_inline_elements_that_touch_are_apart_where_numbers_or_capitals_would_run_into_a_word() -> None:
    assert texts("<div><span>Dec 05, 2023</span><span>2 Shares</span></div>") == ["Dec 05, 2023 2 Shares"]
    assert texts("<div><a>Politics</a><a>World</a></div>") == ["Politics World"]
    assert texts("<p><span>T</span><span>he</span> H<sub>2</sub>O, Mac<b>Donald</b></p>") == ["The H2O, MacDonald"]


def test_one_break_is_a_space_and_two_end_a_paragraph() -> None:
    assert texts("<div>One<br>line<br><br>two<br> <br>three</div>") == ["One line", "two", "three"]


def test_scripts_styles_and_comments_hold_no_text() -> None:
    assert texts("<p>a<script>b</script><style>c</style><!-- d --><noscript>e</noscript></p>") == ["a"]


def test_a_block_knows_its_links_and_its_bold() -> None:
    (block,) = read("<p><a href=/x>four</a> and <strong>six567</strong></p>").blocks
    assert (block.link_chars, block.strong_chars) == (4, 6)
    assert 0 < block.link_density < 0.5


def test_a_box_says_its_words_with_camel_case_apart() -> None:
    (block,) = read('<div class="ImageCaption Big" id=x role=note itemprop=text><p>word</p></div>').blocks
    assert block.box.parent is not None
    assert block.box.parent.hints == "image-caption big x note text"


def test_hidden_boxes_are_known() -> None:
    shown, hidden, attribute = read('<p>a</p><p style="display: none">b</p><p hidden>c</p>').blocks
    assert [shown.box.hidden, hidden.box.hidden, attribute.box.hidden] == [False, True, True]


def test_media_know_the_block_they_stand_before() -> None:
    found = read("<p>a</p><img src=x><p>b</p><video></video>")
    assert [(medium.tag, medium.before) for medium in found.media] == [("img", 1), ("video", 2)]


def test_boxes_nest_no_deeper_than_in_a_browser() -> None:
    found = read("<div>" * 3000 + "deep")
    assert texts("<div>" * 3000 + "deep") == ["deep"]
    assert max(box.depth for box in found.boxes) <= outline.MAX_DEPTH


def test_a_page_without_body_has_no_blocks() -> None:
    assert texts("<frameset><frame src=x></frameset>") == []
    assert texts("") == []
