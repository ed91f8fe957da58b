"""The words that say what a date is: published, updated, a visit, an event, a copyright."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.extraction.wording import Wording


class Words(Wording):
    """A pattern in lower case, found in a text of any case.

    Lowering the text first is many times faster than a pattern that ignores case.
    """

    __slots__ = ()

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first of the words between two places of a text."""
        return super().search(text.lower(), start, len(text) if end is None else end)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All of the words in a text."""
        lower = text.lower()
        return self.pattern.finditer(lower) if self.may_match(lower) else iter(())


PUBLISHED = Words(
    r"publi[cékshn]|pub\.|post(?:ed|ado|ato|é )|first (?:published|posted)|created|erstellt|veröffentlicht|erschienen|online seit|"
    r"datum:|^datum\b|^date\b|date:|data:|fecha:|stand vom|pubblicat|inserito|geplaatst|gepubliceerd|publicerad|"
    r"publisert|publiceret|julkaistu|opublikowan|dodan[oa]|publikov|zveřejněn|vydan|uverejn|objavljeno|objavljen|megjelent|közzétéve|publicat|"
    r"опубликован|опубліковано|публикац|објављено|публикувана|дата:|yayın|giriş|δημοσίευση|δημοσιεύτηκε|نشر|منتشر|تاریخ|"
    r"פורסם|प्रकाशित|প্রকাশ|เผยแพร่|đăng|diterbitkan|dipublikasikan|発行|公開|掲載|投稿|发布|發佈|发表|發表|입력|등록|게시|승인|"
    r"mis en ligne|paru le|parution|rédigé le|posté|écrit le|ajouté le|argitaratu|avaldatud|publicēts|paskelbta"
)
MODIFIED = Words(
    r"updat|modif|last (?:changed|edited|reviewed)|edited|revised|mis[e]? à jour|màj|maj |actualis|actualiz|atualiz|aggiorna|"
    r"aktualisi|aktualiz|akt\.|geändert|zuletzt|bijgewerkt|gewijzigd|laatst|uppdatera|ändrad|oppdatert|sist endret|opdateret|"
    r"päivitetty|muokattu|zaktualizowa|frissít|módosít|actualitz|обновл|оновлен|изменен|ажурирано|актуализир|güncel|"
    r"ενημέρωση|ενημερώθηκε|τελευταία|تحديث|تعديل|به‌روز|בעדכון|עודכן|अपडेट|হালনাগাদ|อัปเดต|แก้ไข|cập nhật|diperbarui|更新|最終|수정|"
    r"rettet|eguneratua|uuendatud|atjaunots|atnaujinta|redigerad|reaktualiz"
)
COPYRIGHT = Words(r"©|\(c\)\s?\d{4}|copyright|all rights reserved|tous droits|alle rechte|todos los derechos|حقوق")
EVENT = Words(
    r"\bprochain|\bnext\b|\bnächste|\bkommende|\bpróximo|\bprossimo|\buntil\b|\bbis zum\b|\bjusqu'|\bhasta\b|\bfino al\b|einsendeschluss|"
    r"deadline|expir|\bvalid\b|gültig|\bborn\b|\bné le\b|\bgeboren|\bdied\b|\bevent\b|veranstaltung|termin\b|événement|"
    r"\bab dem\b|\bà partir\b|\bstarting\b|\bwill\b|\bduring\b|\bavant le\b"
)
RANGE = re.compile(
    r"\d{1,2}\.?(?:\s?\w{3,10})?\s?(?:-|–|—|\bbis\b|\bto\b|\bau\b|\bal\b|\btot\b|\bdo\b)\s?$", re.IGNORECASE
)
ACCESSED = Words(
    r"accessed|abgerufen|consulté|retrieved|consultado|consultato|geraadpleegd|zugegriffen|引用日期|"
    r"閲覧|today is|heute ist|nous sommes"
)
