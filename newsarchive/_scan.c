/* Whether a page's bytes can go to the parser as they stand: the ordinary page, told in one quick pass.

   `is_plain(body, ...)`, given the bounds of markup.py, is true only where charsets.read finds sound UTF-8 that it
   leaves as it is and markup.bounded cuts nothing; where it is false they look closely themselves. It needs no twin in Python:
   without it, they always look. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

typedef const unsigned char *Text;

#define MANY 1000 /* letters that may begin a character encoded twice: with more, charsets looks closely at all of them */

static Py_ssize_t
count_of(Text at, Text end, unsigned char wanted)
{
    Py_ssize_t total = 0;
    while (at < end) {
        Text stop = end - at > 128 ? at + 128 : end; /* few enough to be counted in a byte, many at a time */
        unsigned char few = 0;
        for (; at < stop; at++) {
            few += *at == wanted;
        }
        total += few;
    }
    return total;
}

/* A letter with a tilde or hat, or an eth, before another character beyond ASCII: so texts look that were encoded twice. */
static int
may_be_twice(Text at, Text end)
{
    if (at[0] == 0xC3 && (at[1] == 0x82 || at[1] == 0x83 || at[1] == 0x90)) {
        return end - at > 2 && at[2] >= 0x80;
    }
    return at[0] == 0xC3 && at[1] == 0xA2 && end - at > 4 && at[2] == 0xE2 && at[3] == 0x82 && at[4] == 0xAC;
}

/* The length of the character that begins at a byte beyond ASCII, 0 where it is not sound UTF-8. */
static int
length_of(Text at, Text end)
{
    Py_ssize_t left = end - at;
    unsigned char lead = at[0];
    int length = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    if (length == 0 || left < length) {
        return 0;
    }
    for (int i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    if ((lead == 0xE0 && at[1] < 0xA0) || (lead == 0xED && at[1] > 0x9F) || (lead == 0xF0 && at[1] < 0x90)
        || (lead == 0xF4 && at[1] > 0x8F)) {
        return 0; /* too long a form, a surrogate, beyond Unicode */
    }
    return length;
}

static int
is_sound(Text at, Text end)
{
    int few = MANY;
    while (at < end) {
        uint64_t eight;
        if (end - at >= 8 && (memcpy(&eight, at, 8), (eight & 0x8080808080808080u) == 0)) {
            at += 8;
            continue;
        }
        if (*at < 0x80) {
            at++;
            continue;
        }
        int length = length_of(at, end);
        if (length == 0 || may_be_twice(at, end) || (*at == 0xC3 && at[1] <= 0x90 && --few == 0)) {
            return 0;
        }
        at += length;
    }
    return 1;
}

/* True where no tag is open for as long as `limit` bytes. */
static int
has_short_tags(Text start, Text end, Py_ssize_t limit)
{
    Text at = start;
    while (end - at > limit) {
        Text last = at + limit;
        while (last > at && *last != '>') {
            last--;
        }
        if (last == at) { /* a long stretch without the end of a tag: harmless where none begins it */
            Text close = memchr(at + 1, '>', (size_t)(end - at - 1));
            Text stop = close == NULL ? end : close;
            for (Text open = at; (open = memchr(open, '<', (size_t)(stop - open))) != NULL; open++) {
                if (stop - open > limit && ((unsigned)((open[1] | 32) - 'a') < 26u || open[1] >= 0x80)) {
                    return 0;
                }
            }
            last = stop;
        }
        at = last;
    }
    return 1;
}

/* ---- nesting ---- */

enum { SLOTS = 512, LONGEST_NAME = 41 };

typedef struct {
    uint64_t name[SLOTS];
    Py_ssize_t open[SLOTS];
    int used;
} Open;

static inline unsigned char
lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 32 : byte;
}

/* A tag's name in lower case, hashed: 0 where none begins; `at` is moved behind it, `unsure` set where it is not all ASCII. */
static uint64_t
name_at(Text *at, Text end, int *unsure)
{
    uint64_t hash = 14695981039346656037u;
    Text one = *at, stop = end - one > LONGEST_NAME ? one + LONGEST_NAME : end;
    if (one >= end || (unsigned)((*one | 32) - 'a') >= 26u) {
        return 0;
    }
    for (; one < stop && *one != '>' && *one != '/' && !(*one >= 9 && *one <= 13) && !(*one >= 28 && *one <= 32); one++) {
        hash = (hash ^ lower(*one)) * 1099511628211u;
        *unsure |= *one >= 0x80;
    }
    *at = one;
    return hash ? hash : 1;
}

static uint64_t
hash_of(const char *name)
{
    Text at = (Text)name;
    int unsure = 0;
    return name_at(&at, at + strlen(name), &unsure);
}

static Py_ssize_t *
opened(Open *open, uint64_t name)
{
    int slot = (int)(name % SLOTS);
    while (open->name[slot] != 0 && open->name[slot] != name) {
        slot = (slot + 1) % SLOTS;
    }
    if (open->name[slot] == 0) {
        if (++open->used > SLOTS / 2) {
            return NULL; /* more names than any page has */
        }
        open->name[slot] = name;
    }
    return &open->open[slot];
}

enum { PASSED = 0, DEEP, FORMATTING, RAW };
static const char *const KINDS[] = {
    "area base br col embed hr img input link meta param source track wbr path use image p li dd dt tr td th tbody thead tfoot "
    "caption colgroup rp rt",
    "",
    "a b big code em font i nobr s small strike strong tt u",
    "script style textarea title xmp iframe noembed noframes plaintext",
};
static uint64_t known_names[80];
static unsigned char known_kinds[80];
static int known_count;

static void
learn_names(void)
{
    for (int kind = PASSED; kind <= RAW; kind++) {
        char names[256], *rest = names;
        strcpy(names, KINDS[kind]);
        for (char *name = strtok_r(names, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
            known_names[known_count] = hash_of(name);
            known_kinds[known_count++] = (unsigned char)kind;
        }
    }
}

static int
kind_of(uint64_t name)
{
    for (int i = 0; i < known_count; i++) {
        if (known_names[i] == name) {
            return known_kinds[i];
        }
    }
    return DEEP;
}

/* The place of the first end tag whose name begins as that of the raw element at `name` does, or the end. */
static Text
end_of_raw(Text at, Text end, Text name, Py_ssize_t length, int *unsure)
{
    if (length == 9 && lower(name[0]) == 'p') {
        return end; /* nothing ends <plaintext> */
    }
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        Py_ssize_t same = 0;
        if (end - at >= length + 2 && at[1] == '/') {
            while (same < length && lower(at[2 + same]) == lower(name[same])) {
                same++;
            }
            if (same == length) {
                return at;
            }
            *unsure |= at[2 + same] >= 0x80;
        }
        at++;
    }
    return end;
}

/* True where no element nests deeper than `most_depth`, with fewer than `most_formatting` formatting ones open: as
   markup._flattened counts, which drops a tag otherwise. */
static int
is_shallow(Text at, Text end, Py_ssize_t most_depth, Py_ssize_t most_formatting)
{
    Open open = {0};
    Py_ssize_t depth = 0, formatting = 0;
    int unsure = 0;
    while (!unsure && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
            Text close = at + 4;
            while ((close = memchr(close, '>', (size_t)(end - close))) != NULL && (close - at < 6 || close[-1] != '-' || close[-2] != '-')) {
                close++;
            }
            if (close == NULL) {
                break;
            }
            at = close + 1;
            continue;
        }
        Text after = at + 1;
        int closes = after < end && *after == '/';
        after += closes;
        Text start = after;
        uint64_t name = name_at(&after, end, &unsure);
        if (name == 0) {
            at++;
            continue;
        }
        int kind = kind_of(name);
        at = after;
        if (kind == PASSED) {
            continue;
        }
        if (kind == RAW && !closes) {
            at = end_of_raw(at, end, start, after - start, &unsure);
            continue;
        }
        Py_ssize_t *count = opened(&open, name);
        if (count == NULL) {
            return 0;
        }
        if (!closes) {
            if (depth >= most_depth || (kind == FORMATTING && formatting >= most_formatting)) {
                return 0;
            }
            ++*count, depth++, formatting += kind == FORMATTING;
        } else if (*count) {
            --*count, depth--, formatting -= kind == FORMATTING;
        }
    }
    return !unsure;
}

static PyObject *
is_plain(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer body;
    Py_ssize_t most_bytes, most_tags, most_ends, long_tag, most_depth, most_formatting;
    if (!PyArg_ParseTuple(arguments, "y*nnnnnn", &body, &most_bytes, &most_tags, &most_ends, &long_tag, &most_depth,
                          &most_formatting)) {
        return NULL;
    }
    Text start = body.buf, end = start + body.len;
    int found = body.len > 0 && body.len <= most_bytes && *start < 0x80 && memchr(start, 0, (size_t)body.len) == NULL
                && memchr(start, 27, (size_t)body.len) == NULL;
    if (found) {
        Py_ssize_t tags = count_of(start, end, '<');
        found = count_of(start, end, '>') <= tags + most_ends && has_short_tags(start, end, long_tag) && is_sound(start, end)
                && (tags <= most_tags || is_shallow(start, end, most_depth, most_formatting));
    }
    PyBuffer_Release(&body);
    return PyBool_FromLong(found);
}

static PyMethodDef METHODS[] = {
    {"is_plain", is_plain, METH_VARARGS, PyDoc_STR("Whether bytes can be parsed as they stand; see the head of the source.")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_scan", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit__scan(void)
{
    learn_names();
    PyObject *module = PyModule_Create(&MODULE);
    if (module != NULL && PyModule_AddStringConstant(module, "SOURCE", SOURCE_DIGEST) < 0) {
        Py_CLEAR(module);
    }
    return module;
}
