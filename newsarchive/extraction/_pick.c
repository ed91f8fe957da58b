/* The walk of `elements.py` over the nodes of a parsed page, in C: one pass finds all elements of a few tags and reads the
 * attributes that are asked of them. It knows no tag and no attribute: `elements.py` says what is wanted, and gives the same
 * answer by itself where this module was not built.
 */
#include "_lexbor.h"

enum { TAGS = 1024, MOST_WANTED = 16, MOST_NAMES = 8 };

/* What is asked of the elements of one tag: the values of some attributes, of which the first must hold a part where one is
 * given, and with `whole` the text inside. */
typedef struct {
    PyObject *tag, *names; /* borrowed from the tuple that was given */
    const char *name[MOST_NAMES], *part;
    size_t length[MOST_NAMES], part_length;
    Py_ssize_t count;
    int whole;
} Wanted;

typedef struct {
    unsigned char number[TAGS]; /* of a tag: the place of what is wanted of it, from 1, or 0 */
    Wanted wanted[MOST_WANTED];
} Rules;

static int
read_rules(PyObject *given, Rules *rules)
{
    memset(rules, 0, sizeof *rules);
    Py_ssize_t count = PyTuple_GET_SIZE(given);
    if (count >= MOST_WANTED) {
        PyErr_SetString(PyExc_ValueError, "too many tags");
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        Wanted *one = &rules->wanted[i + 1];
        unsigned long tag_number;
        Py_ssize_t part_length;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(given, i), "kUO!z#p", &tag_number, &one->tag, &PyTuple_Type, &one->names,
                              &one->part, &part_length, &one->whole)) {
            return -1;
        }
        one->count = PyTuple_GET_SIZE(one->names);
        if (one->count > MOST_NAMES || one->count == 0 || tag_number >= TAGS) {
            PyErr_SetString(PyExc_ValueError, "no such tag, or too many attributes");
            return -1;
        }
        one->part_length = (size_t)part_length;
        rules->number[tag_number] = (unsigned char)(i + 1);
        for (Py_ssize_t n = 0; n < one->count; n++) {
            Py_ssize_t length;
            one->name[n] = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(one->names, n), &length);
            if (one->name[n] == NULL) {
                return -1;
            }
            one->length[n] = (size_t)length;
        }
    }
    return 0;
}

/* True where a text holds a part that is in lower case, whatever case the text is in. */
static int
holds(Text text, size_t length, const char *part, size_t part_length)
{
    for (size_t i = 0; i + part_length <= length; i++) {
        size_t n = 0;
        while (n < part_length && Py_TOLOWER(text[i + n]) == (unsigned char)part[n]) {
            n++;
        }
        if (n == part_length) {
            return 1;
        }
    }
    return 0;
}

static PyObject *
as_string(Text text, size_t length)
{
    return PyUnicode_DecodeUTF8((const char *)text, (Py_ssize_t)length, "replace");
}

/* Adds (tag, values, text) of an element to the list, where its first attribute is as wanted; -1 with an exception set. */
static int
add(PyObject *found, const Wanted *wanted, Node node)
{
    Text value[MOST_NAMES] = {NULL};
    size_t length[MOST_NAMES] = {0}, size = 0;
    int is_there = 0;
    for (void *at = first_attribute(node); at != NULL; at = next_attribute(at)) {
        Text name = name_of_attribute(at, &size);
        for (Py_ssize_t i = 0; name != NULL && i < wanted->count; i++) {
            if (size == wanted->length[i] && memcmp(name, wanted->name[i], size) == 0) {
                value[i] = value_of_attribute(at, &length[i]);
                is_there |= i == 0;
            }
        }
    }
    if (wanted->part != NULL) {
        size_t held = value[0] == NULL ? 0 : length[0];
        if (!is_there || !holds(value[0], held, wanted->part, wanted->part_length)) {
            return 0;
        }
    }
    PyObject *values = PyTuple_New(wanted->count);
    for (Py_ssize_t i = 0; values != NULL && i < wanted->count; i++) {
        PyObject *item = value[i] == NULL ? Py_NewRef(Py_None) : as_string(value[i], length[i]);
        if (item == NULL) {
            Py_CLEAR(values);
        } else {
            PyTuple_SET_ITEM(values, i, item);
        }
    }
    size = 0;
    Text inside = wanted->whole ? text_of(node, &size) : NULL;
    PyObject *text = as_string(inside == NULL ? (Text) "" : inside, inside == NULL ? 0 : size);
    PyObject *item = values == NULL || text == NULL ? NULL : PyTuple_Pack(3, wanted->tag, values, text);
    int failed = item == NULL || PyList_Append(found, item) < 0;
    Py_XDECREF(values);
    Py_XDECREF(text);
    Py_XDECREF(item);
    return failed ? -1 : 0;
}

static PyObject *
pick(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    unsigned long long address;
    PyObject *given;
    Rules rules;
    if (!PyArg_ParseTuple(arguments, "KO!", &address, &PyTuple_Type, &given) || read_rules(given, &rules) < 0) {
        return NULL;
    }
    if (type_of == NULL || address == 0) {
        PyErr_SetString(PyExc_RuntimeError, "load() a parser's library first, and give it a node");
        return NULL;
    }
    PyObject *found = PyList_New(0);
    Node top = (Node)(uintptr_t)address, node = top;
    while (found != NULL) {
        Node next = first_child(node);
        while (next == NULL && node != top) {
            next = next_node(node);
            node = next == NULL ? parent_of(node) : node;
        }
        if (next == NULL) {
            break;
        }
        node = next;
        uintptr_t number = type_of(node) == ELEMENT_NODE ? tag_of(node) : TAGS;
        if (number < TAGS && rules.number[number] && add(found, &rules.wanted[rules.number[number]], node) < 0) {
            Py_CLEAR(found);
        }
    }
    return found;
}

static PyMethodDef METHODS[] = {
    {"load", load, METH_O, PyDoc_STR("Finds the parser's functions in a shared library; ImportError where one is missing.")},
    {"pick", pick, METH_VARARGS, PyDoc_STR("The wanted elements below the node at an address; see elements.py.")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_pick", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit__pick(void)
{
    PyObject *module = PyModule_Create(&MODULE);
    if (module != NULL && PyModule_AddStringConstant(module, "SOURCE", SOURCE_DIGEST) < 0) {
        Py_CLEAR(module);
    }
    return module;
}
