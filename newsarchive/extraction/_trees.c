/* The decision trees of `weights.py` over rows of numbers, in C; it knows nothing of what the numbers mean. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

/* A node as weights.py packs it: where a row's number is at most the threshold go to `low`, else to `high`; a leaf has
 * feature -1 and its value as threshold. */
typedef struct {
    double threshold;
    int32_t feature, low, high, unused;
} Node;

static PyObject *
judge(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer nodes, roots;
    Py_ssize_t group, width;
    double limit, settled;
    PyObject *rows;
    if (!PyArg_ParseTuple(arguments, "y*y*nnddO!", &nodes, &roots, &group, &width, &limit, &settled, &PyList_Type, &rows)) {
        return NULL;
    }
    const Node *node = nodes.buf;
    const int32_t *root = roots.buf;
    Py_ssize_t tree_count = roots.len / (Py_ssize_t)sizeof *root, row_count = PyList_GET_SIZE(rows);
    PyObject *found = PyList_New(row_count);
    double *values = PyMem_New(double, (size_t)width + 1);
    if (values == NULL && found != NULL) {
        PyErr_NoMemory();
        Py_CLEAR(found);
    }
    for (Py_ssize_t i = 0; found != NULL && i < row_count; i++) {
        PyObject *row = PyList_GET_ITEM(rows, i);
        if (!(PyTuple_Check(row) || PyList_Check(row)) || PySequence_Fast_GET_SIZE(row) < width) {
            PyErr_SetString(PyExc_ValueError, "a row is a tuple or list with a number for every feature");
            Py_CLEAR(found);
            break;
        }
        PyObject **items = PySequence_Fast_ITEMS(row);
        for (Py_ssize_t f = 0; f < width; f++) {
            values[f] = PyFloat_AsDouble(items[f]);
        }
        if (PyErr_Occurred()) {
            Py_CLEAR(found);
            break;
        }
        double total = 0.0;
        for (Py_ssize_t t = 0; t < tree_count; t++) {
            if (t && t % group == 0 && !(limit - settled < total && total < limit + settled)) {
                break;
            }
            const Node *at = &node[root[t]];
            while (at->feature >= 0) {
                at = &node[values[at->feature] <= at->threshold ? at->low : at->high];
            }
            total += at->threshold;
        }
        PyList_SET_ITEM(found, i, Py_NewRef(total > limit ? Py_True : Py_False));
    }
    PyMem_Free(values);
    PyBuffer_Release(&nodes);
    PyBuffer_Release(&roots);
    return found;
}

static PyMethodDef METHODS[] = {
    {"judge", judge, METH_VARARGS, PyDoc_STR("For each row, whether the trees' sum is beyond the limit; see weights.py.")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_trees", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit__trees(void)
{
    PyObject *module = PyModule_Create(&MODULE);
    if (module != NULL && PyModule_AddStringConstant(module, "SOURCE", SOURCE_DIGEST) < 0) {
        Py_CLEAR(module);
    }
    return module;
}
