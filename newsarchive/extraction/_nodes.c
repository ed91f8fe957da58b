/* Finds nodes of a parsed page for `nodes.py`, which says what is looked for and gives the same answer where this module was not
 * built. A node is told by the way to it, one step for each level below the root: a number of siblings from the first child on,
 * or, where that is shorter, from the last one back (-1 is the last). The parser makes the Python object of each node on the way
 * and of no other.
 */
#include "_lexbor.h"

enum { MOST_NEEDLES = 16, MOST_NAMES = 8 };

/* The node that follows in document order below the root, NULL after the last. */
static Node
following(Node root, Node node)
{
    Node next = first_child(node);
    while (next == NULL && node != root) {
        next = next_node(node);
        node = next == NULL ? parent_of(node) : node;
    }
    return next;
}

/* One step: how many siblings from the first child on a node stands, or from the last one back, whichever is shorter. */
static long
step_to(Node node)
{
    Node before = previous_node(node), after = next_node(node);
    for (long steps = 0;; steps++) {
        if (before == NULL) {
            return steps;
        }
        if (after == NULL) {
            return -1 - steps;
        }
        before = previous_node(before);
        after = next_node(after);
    }
}

static PyObject *
way_to(Node root, Node node)
{
    PyObject *way = PyList_New(0);
    while (way != NULL && node != root) {
        PyObject *step = PyLong_FromLong(step_to(node));
        if (step == NULL || PyList_Append(way, step) < 0) {
            Py_CLEAR(way);
        }
        Py_XDECREF(step);
        node = parent_of(node);
    }
    if (way != NULL && PyList_Reverse(way) < 0) {
        Py_CLEAR(way);
    }
    return way;
}

static PyObject *
at(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    unsigned long long address, known;
    Py_ssize_t count;
    if (!PyArg_ParseTuple(arguments, "KKn", &address, &known, &count)) {
        return NULL;
    }
    if (type_of == NULL || address == 0 || known == 0) {
        PyErr_SetString(PyExc_RuntimeError, "load() a parser's library first, and give it nodes");
        return NULL;
    }
    Node root = (Node)(uintptr_t)address, node = (Node)(uintptr_t)known;
    while (node != NULL && count > 0) {
        node = following(root, node);
        count -= node != NULL && type_of(node) != TEXT_NODE;
    }
    if (node == NULL) {
        PyErr_SetString(PyExc_IndexError, "the page has no node at that place");
        return NULL;
    }
    return way_to(root, node);
}

/* ---- what attributes hold ---- */

typedef struct {
    int name_count, needle_count;
    const char *names[MOST_NAMES], *needles[MOST_NEEDLES];
    size_t name_lengths[MOST_NAMES], needle_lengths[MOST_NEEDLES];
    uint16_t first[256], second[256]; /* the needles, as bits, whose first or second byte is one, in either case */
} Wanted;

static int
strings_of(PyObject *tuple, int most, int *count, const char **texts, size_t *lengths)
{
    if (PyTuple_GET_SIZE(tuple) > most) {
        PyErr_SetString(PyExc_ValueError, "too many to look for at once");
        return -1;
    }
    for (*count = 0; *count < PyTuple_GET_SIZE(tuple); ++*count) {
        Py_ssize_t length;
        texts[*count] = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(tuple, *count), &length);
        if (texts[*count] == NULL || length < 2) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "too short to look for");
            }
            return -1;
        }
        lengths[*count] = (size_t)length;
    }
    return 0;
}

static inline unsigned char
lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static inline unsigned char
upper(unsigned char byte)
{
    return byte >= 'a' && byte <= 'z' ? byte & 0xDF : byte;
}

static int
holds(const Wanted *wanted, Text value, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++) {
        unsigned possible = wanted->first[value[i]] & wanted->second[value[i + 1]];
        for (int n = 0; possible; n++, possible >>= 1) {
            size_t size = wanted->needle_lengths[n], same = 2;
            if (!(possible & 1) || size > length - i) {
                continue;
            }
            while (same < size && lower(value[i + same]) == (unsigned char)wanted->needles[n][same]) {
                same++;
            }
            if (same == size) {
                return 1;
            }
        }
    }
    return 0;
}

static int
is_wanted(const Wanted *wanted, Node node)
{
    for (void *one = first_attribute(node); one != NULL; one = next_attribute(one)) {
        size_t length = 0, size = 0;
        Text name = name_of_attribute(one, &length);
        for (int n = 0; name != NULL && n < wanted->name_count; n++) {
            if (length == wanted->name_lengths[n] && memcmp(name, wanted->names[n], length) == 0) {
                Text value = value_of_attribute(one, &size);
                if (value != NULL && holds(wanted, value, size)) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

static PyObject *
holding(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    unsigned long long address;
    PyObject *names, *needles;
    unsigned long tag;
    Py_ssize_t most;
    Wanted wanted = {0};
    if (!PyArg_ParseTuple(arguments, "KO!O!kn", &address, &PyTuple_Type, &names, &PyTuple_Type, &needles, &tag, &most)
        || strings_of(names, MOST_NAMES, &wanted.name_count, wanted.names, wanted.name_lengths) < 0
        || strings_of(needles, MOST_NEEDLES, &wanted.needle_count, wanted.needles, wanted.needle_lengths) < 0) {
        return NULL;
    }
    if (type_of == NULL || address == 0) {
        PyErr_SetString(PyExc_RuntimeError, "load() a parser's library first, and give it a node");
        return NULL;
    }
    for (int n = 0; n < wanted.needle_count; n++) {
        const char *needle = wanted.needles[n];
        wanted.first[(unsigned char)needle[0]] |= (uint16_t)(1u << n);
        wanted.first[upper((unsigned char)needle[0])] |= (uint16_t)(1u << n);
        wanted.second[(unsigned char)needle[1]] |= (uint16_t)(1u << n);
        wanted.second[upper((unsigned char)needle[1])] |= (uint16_t)(1u << n);
    }
    PyObject *found = PyList_New(0);
    Node root = (Node)(uintptr_t)address;
    for (Node node = root; found != NULL && node != NULL && most > 0; node = following(root, node)) {
        if (type_of(node) == ELEMENT_NODE && ((tag && tag_of(node) == tag) || is_wanted(&wanted, node))) {
            PyObject *way = way_to(root, node);
            if (way == NULL || PyList_Append(found, way) < 0) {
                Py_CLEAR(found);
            }
            Py_XDECREF(way);
            most--;
        }
    }
    return found;
}

static PyMethodDef METHODS[] = {
    {"load", load, METH_O, PyDoc_STR("Finds the parser's functions in a shared library; ImportError where one is missing.")},
    {"at", at, METH_VARARGS,
     PyDoc_STR("The way, from the node at the first address, to the one that is so many nodes that are no text after the second.")},
    {"holding", holding, METH_VARARGS,
     PyDoc_STR("The ways to the first elements, from the one at an address on, that have a tag of that number, or of "
               "whose named attributes one holds one of the needles, which are lower case, in either case.")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_nodes", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit__nodes(void)
{
    PyObject *module = PyModule_Create(&MODULE);
    if (module != NULL && PyModule_AddStringConstant(module, "SOURCE", SOURCE_DIGEST) < 0) {
        Py_CLEAR(module);
    }
    return module;
}
