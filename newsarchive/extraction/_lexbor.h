/* The parser's own nodes, read from C. They are read through the functions that lexbor exports for other languages (its `_noi`
 * ones), looked up in the shared library that selectolax has loaded; no layout of a structure is assumed. Where one of them is
 * missing, `load` raises ImportError, and what was asked of C is done in Python.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <dlfcn.h>
#include <stdint.h>

enum { ELEMENT_NODE = 1, TEXT_NODE = 3 };

typedef void *Node;
typedef const unsigned char *Text;

static Node (*first_child)(Node);
static Node (*next_node)(Node);
static Node (*previous_node)(Node);
static Node (*parent_of)(Node);
static int (*type_of)(Node);
static uintptr_t (*tag_of)(Node);
static Text (*text_of)(Node, size_t *);
static Text (*name_of)(Node, size_t *);
static void *(*first_attribute)(Node);
static void *(*next_attribute)(void *);
static Text (*name_of_attribute)(void *, size_t *);
static Text (*value_of_attribute)(void *, size_t *);

static const struct { const char *name; void **place; } WANTED_OF_LEXBOR[] = {
    {"lxb_dom_node_first_child_noi", (void **)&first_child},
    {"lxb_dom_node_next_noi", (void **)&next_node},
    {"lxb_dom_node_prev_noi", (void **)&previous_node},
    {"lxb_dom_node_parent_noi", (void **)&parent_of},
    {"lxb_dom_node_type_noi", (void **)&type_of},
    {"lxb_dom_node_tag_id_noi", (void **)&tag_of},
    {"lxb_dom_node_text_content", (void **)&text_of},
    {"lxb_dom_element_qualified_name", (void **)&name_of},
    {"lxb_dom_element_first_attribute_noi", (void **)&first_attribute},
    {"lxb_dom_element_next_attribute_noi", (void **)&next_attribute},
    {"lxb_dom_attr_qualified_name", (void **)&name_of_attribute},
    {"lxb_dom_attr_value_noi", (void **)&value_of_attribute},
};

static PyObject *
load(PyObject *Py_UNUSED(module), PyObject *argument)
{
    const char *path = PyUnicode_AsUTF8(argument);
    if (path == NULL) {
        return NULL;
    }
    void *library = dlopen(path, RTLD_NOW);
    if (library == NULL) {
        return PyErr_Format(PyExc_ImportError, "not a shared library: %s", path);
    }
    for (size_t i = 0; i < sizeof WANTED_OF_LEXBOR / sizeof *WANTED_OF_LEXBOR; i++) {
        *WANTED_OF_LEXBOR[i].place = dlsym(library, WANTED_OF_LEXBOR[i].name);
        if (*WANTED_OF_LEXBOR[i].place == NULL) {
            return PyErr_Format(PyExc_ImportError, "no %s in %s", WANTED_OF_LEXBOR[i].name, path);
        }
    }
    Py_RETURN_NONE;
}
