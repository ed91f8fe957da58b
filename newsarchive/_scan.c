/* Whether a page's bytes can go to the parser as they stand: the ordinary page, told in one quick pass.

   `is_plain(body, most_bytes, most_tags, most_ends, long_tag)` is true only where charsets.read finds sound UTF-8 that it
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
                if (stop - open > limit && ((open[1] | 32) - 'a' < 26u || open[1] >= 0x80)) {
                    return 0;
                }
            }
            last = stop;
        }
        at = last;
    }
    return 1;
}

static PyObject *
is_plain(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer body;
    Py_ssize_t most_bytes, most_tags, most_ends, long_tag;
    if (!PyArg_ParseTuple(arguments, "y*nnnn", &body, &most_bytes, &most_tags, &most_ends, &long_tag)) {
        return NULL;
    }
    Text start = body.buf, end = start + body.len;
    int found = body.len > 0 && body.len <= most_bytes && *start < 0x80 && memchr(start, 0, (size_t)body.len) == NULL
                && memchr(start, 27, (size_t)body.len) == NULL;
    if (found) {
        Py_ssize_t tags = count_of(start, end, '<');
        found = tags <= most_tags && count_of(start, end, '>') <= tags + most_ends && has_short_tags(start, end, long_tag)
                && is_sound(start, end);
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
    PyObject *module = PyModule_Create(&MODULE);
    if (module != NULL && PyModule_AddStringConstant(module, "SOURCE", SOURCE_DIGEST) < 0) {
        Py_CLEAR(module);
    }
    return module;
}
