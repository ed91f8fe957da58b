/* The walk of `walking.py` over the nodes of a parsed page, in C: a hundred thousand small steps a second are what Python
 * is slowest at. It knows no tag and no rule: `walking.py` says what to do at which tag, and gives the same answer by itself
 * where this module was not built.
 */
#include "_lexbor.h"

/* What to do at a tag; the numbers are those of walking.py. */
enum { PLAIN, SKIP, LINK, STRONG, TIME, BREAK, MEDIUM, READING, BLOCK };

/* ---- arrays that grow ---- */

static int
grow(void **items, Py_ssize_t count, Py_ssize_t *room, size_t size)
{
    if (count < *room) {
        return 0;
    }
    Py_ssize_t more = *room ? *room * 2 : 256;
    void *bigger = PyMem_Realloc(*items, (size_t)more * size);
    if (bigger == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    *items = bigger;
    *room = more;
    return 0;
}

typedef struct {
    PyObject *tag; /* borrowed from the tables, or from `names` */
    Node node;
    Py_ssize_t parent, place, size, count;
    int depth;
} Box;

typedef struct {
    Node next;
    int action;
} Step;

typedef struct {
    Box *boxes;
    Py_ssize_t box_count, box_room;
    Step *steps;
    Py_ssize_t step_count, step_room;
    unsigned char *text; /* the run being gathered, white space folded, UTF-8 */
    Py_ssize_t length, room;
    int space;           /* white space was met after the run's last character */
    int started;         /* a text was added to the run */
    int breaks;
    int closed, opened;  /* an inline element ended after the run's last text, and after that another began */
    Py_ssize_t link_chars, strong_chars;
    Py_ssize_t place;    /* how many nodes that are no text were met, the root included */
    PyObject *times, *blocks, *media, *names;
} Walk;

static void
release(Walk *walk)
{
    PyMem_Free(walk->boxes);
    PyMem_Free(walk->steps);
    PyMem_Free(walk->text);
    Py_XDECREF(walk->times);
    Py_XDECREF(walk->blocks);
    Py_XDECREF(walk->media);
    Py_XDECREF(walk->names);
}

/* A tuple of objects whose references it takes; NULL where one of them is NULL. */
static PyObject *
tuple_of(PyObject **items, Py_ssize_t count)
{
    PyObject *tuple = PyTuple_New(count);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (items[i] == NULL) {
            Py_CLEAR(tuple);
        }
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        if (tuple == NULL) {
            Py_XDECREF(items[i]);
        } else {
            PyTuple_SET_ITEM(tuple, i, items[i]);
        }
    }
    return tuple;
}

/* ---- text ---- */

/* The character at a place of valid UTF-8, and how many bytes it takes. */
static inline Py_UCS4
character(Text at, Text end, int *bytes)
{
    Py_UCS4 first = *at;
    if (first < 0x80) {
        *bytes = 1;
        return first;
    }
    int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (end - at <= more) {
        *bytes = 1;
        return 0xFFFD;
    }
    *bytes = more + 1;
    Py_UCS4 found = first & (0x3F >> more);
    for (int i = 1; i <= more; i++) {
        found = (found << 6) | (at[i] & 0x3F);
    }
    return found;
}

static inline int
is_space(Py_UCS4 one)
{
    return one < 0x80 ? one == ' ' || (one >= 9 && one <= 13) || (one >= 0x1C && one <= 0x1F) : Py_UNICODE_ISSPACE(one);
}

/* Whether two inline elements that touch are apart on the screen: numbers, or a word's end and a capital, never meet. */
static int
are_apart(const Walk *walk, Text at, Text end)
{
    if (!walk->opened || walk->space || walk->length == 0) {
        return 0;
    }
    int bytes;
    Text stop = walk->text + walk->length, last = stop - 1;
    while (last > walk->text && (*last & 0xC0) == 0x80) {
        last--;
    }
    Py_UCS4 before = character(last, stop, &bytes), after = character(at, end, &bytes);
    return Py_UNICODE_ISDIGIT(after) ? Py_UNICODE_ISDIGIT(before)
                                     : Py_UNICODE_ISUPPER(after) && (Py_UNICODE_ISLOWER(before) || Py_UNICODE_ISDIGIT(before));
}

/* Adds a text node's text to the run; the number of its characters, white space at its ends left out, or -1. */
static Py_ssize_t
add(Walk *walk, Text at, size_t length)
{
    Text end = at + length;
    Py_ssize_t needed = walk->length + (Py_ssize_t)length + 4;
    if (needed > walk->room) {
        unsigned char *bigger = PyMem_Realloc(walk->text, (size_t)needed * 2);
        if (bigger == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        walk->text = bigger;
        walk->room = needed * 2;
    }
    Py_ssize_t seen = 0, last = 0;
    unsigned char *out = walk->text + walk->length;
    int space = walk->space || are_apart(walk, at, end), bytes;
    while (at < end) {
        Py_UCS4 one = character(at, end, &bytes);
        if (is_space(one)) {
            space = walk->started || seen;
            seen += seen > 0;
        } else {
            if (space) {
                *out++ = ' ';
                space = 0;
            }
            for (int i = 0; i < bytes; i++) {
                *out++ = at[i];
            }
            last = ++seen;
        }
        at += bytes;
    }
    walk->space = space;
    walk->closed = walk->opened = 0;
    walk->length = out - walk->text;
    walk->started |= last > 0;
    return last;
}

static int
flush(Walk *walk, Py_ssize_t box)
{
    int failed = 0;
    if (walk->length) {
        PyObject *text = PyUnicode_DecodeUTF8((const char *)walk->text, walk->length, "replace");
        double linked = text == NULL ? 0.0 : (double)walk->link_chars / (double)PyUnicode_GET_LENGTH(text);
        PyObject *items[] = {
            text, PyLong_FromSsize_t(box), PyLong_FromSsize_t(walk->link_chars), PyLong_FromSsize_t(walk->strong_chars),
            Py_NewRef(walk->times ? walk->times : Py_None), PyLong_FromSsize_t(walk->length),
            PyFloat_FromDouble(linked < 1.0 ? linked : 1.0),
        };
        PyObject *block = tuple_of(items, sizeof items / sizeof *items);
        failed = block == NULL || PyList_Append(walk->blocks, block) < 0;
        Py_XDECREF(block);
        walk->boxes[box].size += walk->length;
        walk->boxes[box].count += 1;
        walk->link_chars = walk->strong_chars = 0;
    }
    Py_CLEAR(walk->times);
    walk->length = 0;
    walk->space = walk->started = walk->breaks = walk->closed = walk->opened = 0;
    return failed ? -1 : 0;
}

/* ---- elements ---- */

static PyObject *
as_string(Text text, size_t length)
{
    return PyUnicode_DecodeUTF8((const char *)text, (Py_ssize_t)length, "replace");
}

/* The value of an attribute, None where it has none or is missing. */
static PyObject *
attribute(Node node, const char *wanted)
{
    size_t size = strlen(wanted), length = 0;
    for (void *at = first_attribute(node); at != NULL; at = next_attribute(at)) {
        Text name = name_of_attribute(at, &length);
        if (name != NULL && length == size && memcmp(name, wanted, size) == 0) {
            Text value = value_of_attribute(at, &length);
            if (value != NULL) {
                return as_string(value, length);
            }
            break;
        }
    }
    Py_RETURN_NONE;
}

/* Adds what a <time> element says: its datetime attribute and its text. */
static int
add_time(Walk *walk, Node node)
{
    size_t length = 0;
    Text content = text_of(node, &length);
    PyObject *stamp = attribute(node, "datetime");
    PyObject *whole = content == NULL ? PyUnicode_FromString("") : as_string(content, length);
    PyObject *text = whole == NULL ? NULL : PyObject_CallMethod(whole, "strip", NULL);
    PyObject *pair = stamp == NULL || text == NULL ? NULL : PyTuple_Pack(2, stamp, text);
    if (pair != NULL && walk->times == NULL) {
        walk->times = PyList_New(0);
    }
    int failed = pair == NULL || walk->times == NULL || PyList_Append(walk->times, pair) < 0;
    Py_XDECREF(stamp);
    Py_XDECREF(whole);
    Py_XDECREF(text);
    Py_XDECREF(pair);
    return failed ? -1 : 0;
}

static int
add_medium(Walk *walk, PyObject *tag, Py_ssize_t box)
{
    PyObject *medium = Py_BuildValue("(Onnn)", tag, walk->place, box, PyList_GET_SIZE(walk->blocks) + walk->started);
    int failed = medium == NULL || PyList_Append(walk->media, medium) < 0;
    Py_XDECREF(medium);
    return failed ? -1 : 0;
}

/* The name and action of a tag that the parser knows no number for; the name stays alive in `names`. */
static PyObject *
unknown(Walk *walk, Node node, PyObject *others, long *action)
{
    size_t length = 0;
    Text name = name_of(node, &length);
    PyObject *tag = name == NULL ? PyUnicode_FromString("") : as_string(name, length);
    if (tag == NULL || PyList_Append(walk->names, tag) < 0) {
        Py_XDECREF(tag);
        return NULL;
    }
    Py_DECREF(tag);
    PyObject *found = PyDict_GetItemWithError(others, tag);
    if (found != NULL) {
        *action = PyLong_AsLong(found);
    } else {
        *action = BLOCK;
    }
    return PyErr_Occurred() ? NULL : tag;
}

static int
add_box(Walk *walk, PyObject *tag, Node node, Py_ssize_t parent)
{
    if (grow((void **)&walk->boxes, walk->box_count, &walk->box_room, sizeof(Box)) < 0) {
        return -1;
    }
    Box *box = &walk->boxes[walk->box_count++];
    box->tag = tag;
    box->node = node;
    box->parent = parent;
    box->place = walk->place;
    box->size = box->count = 0;
    box->depth = parent < 0 ? 0 : walk->boxes[parent].depth + 1;
    return 0;
}

/* The attributes of a box that are read, the worded ones in the order in which their words are given. */
enum { CLASS, ID, ROLE, ITEMPROP, STYLE, HIDDEN, READ };
static const char *const READ_NAMES[READ] = {"class", "id", "role", "itemprop", "style", "hidden"};

typedef struct {
    Text value[READ];
    size_t length[READ];
    int found[READ];
} Attributes;

static void
read_attributes(Node node, Attributes *read)
{
    memset(read, 0, sizeof *read);
    for (void *at = first_attribute(node); at != NULL; at = next_attribute(at)) {
        size_t length = 0;
        Text name = name_of_attribute(at, &length);
        for (int i = 0; name != NULL && i < READ; i++) {
            if (name[0] == (unsigned char)READ_NAMES[i][0] && length == strlen(READ_NAMES[i])
                && memcmp(name, READ_NAMES[i], length) == 0) {
                read->found[i] = 1;
                read->value[i] = value_of_attribute(at, &read->length[i]);
            }
        }
    }
}

/* ---- words that are asked for ---- */

enum { LONGEST_WORD = 40, WORD_SLOTS = 2048, MOST_WORDS = WORD_SLOTS / 2, MOST_STEMS = 32 };

static char words_known[WORD_SLOTS][LONGEST_WORD], stems_known[MOST_STEMS][LONGEST_WORD];
static size_t stem_lengths[MOST_STEMS];
static int stem_count;

static unsigned
slot_of(const char *word)
{
    uint32_t hash = 2166136261u;
    for (; *word; word++) {
        hash = (hash ^ (unsigned char)*word) * 16777619u;
    }
    return hash % WORD_SLOTS;
}

static PyObject *
learn(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *words, *stems;
    if (!PyArg_ParseTuple(arguments, "O!O!", &PyTuple_Type, &words, &PyTuple_Type, &stems)) {
        return NULL;
    }
    if (PyTuple_GET_SIZE(words) > MOST_WORDS || PyTuple_GET_SIZE(stems) > MOST_STEMS) {
        PyErr_SetString(PyExc_ValueError, "too many words");
        return NULL;
    }
    memset(words_known, 0, sizeof words_known);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(words); i++) {
        const char *word = PyUnicode_AsUTF8(PyTuple_GET_ITEM(words, i));
        if (word == NULL || strlen(word) >= LONGEST_WORD) {
            return word == NULL ? NULL : PyErr_Format(PyExc_ValueError, "too long a word: %s", word);
        }
        unsigned slot = slot_of(word);
        while (words_known[slot][0] && strcmp(words_known[slot], word) != 0) {
            slot = (slot + 1) % WORD_SLOTS;
        }
        strcpy(words_known[slot], word);
    }
    for (stem_count = 0; stem_count < PyTuple_GET_SIZE(stems); stem_count++) {
        const char *stem = PyUnicode_AsUTF8(PyTuple_GET_ITEM(stems, stem_count));
        if (stem == NULL || strlen(stem) >= LONGEST_WORD) {
            return stem == NULL ? NULL : PyErr_Format(PyExc_ValueError, "too long a word: %s", stem);
        }
        strcpy(stems_known[stem_count], stem);
        stem_lengths[stem_count] = strlen(stem);
    }
    Py_RETURN_NONE;
}

static int
is_known(const char *word, int length)
{
    for (unsigned slot = slot_of(word); length < LONGEST_WORD - 1 && words_known[slot][0]; slot = (slot + 1) % WORD_SLOTS) {
        if (strcmp(words_known[slot], word) == 0) {
            return 1;
        }
    }
    for (int i = 0; i < stem_count; i++) {
        if (word[0] == stems_known[i][0] && strncmp(word, stems_known[i], stem_lengths[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether one of the words asked for is among these, as walking.py says: words end at white space, hyphens, underscores and
   before the capital of a camelCase name. True where a character beyond ASCII leaves that to Python. */
static int
speak(const unsigned char *text, Py_ssize_t length)
{
    char word[LONGEST_WORD];
    int filled = 0;
    for (Py_ssize_t i = 0; i <= length; i++) {
        unsigned char one = i < length ? text[i] : ' ';
        if (one >= 0x80) {
            return 1;
        }
        int is_capital = one >= 'A' && one <= 'Z';
        int ends = one == ' ' || one == '-' || one == '_' || (one >= 9 && one <= 13) || (one >= 28 && one < 32);
        if (is_capital && i > 0 && i + 1 < length && text[i + 1] >= 'a' && text[i + 1] <= 'z') {
            unsigned char before = text[i - 1];
            ends = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9');
        }
        if (ends && filled) {
            word[filled] = 0;
            if (is_known(word, filled)) {
                return 1;
            }
            filled = 0;
        }
        if ((!ends || is_capital) && filled < LONGEST_WORD - 1) {
            word[filled++] = (char)(is_capital ? one | 32 : one);
        }
    }
    return 0;
}

/* The words of class, id, role and itemprop, a space between them, and whether they speak. */
static PyObject *
words_of(Walk *walk, const Attributes *read, int *speaks)
{
    Py_ssize_t needed = 4, length = 0;
    for (int i = CLASS; i <= ITEMPROP; i++) {
        needed += (Py_ssize_t)read->length[i];
    }
    if (needed > walk->room) {
        unsigned char *bigger = PyMem_Realloc(walk->text, (size_t)needed * 2);
        if (bigger == NULL) {
            return PyErr_NoMemory();
        }
        walk->text = bigger;
        walk->room = needed * 2;
    }
    for (int i = CLASS; i <= ITEMPROP; i++) {
        if (read->value[i] != NULL && read->length[i] > 0) {
            if (length) {
                walk->text[length++] = ' ';
            }
            memcpy(walk->text + length, read->value[i], read->length[i]);
            length += (Py_ssize_t)read->length[i];
        }
    }
    *speaks = speak(walk->text, length);
    return as_string(walk->text, (size_t)length);
}

static PyObject *
boxes_of(Walk *walk)
{
    PyObject *found = PyList_New(walk->box_count);
    for (Py_ssize_t i = walk->box_count - 1; found != NULL && i > 0; i--) {
        walk->boxes[walk->boxes[i].parent].size += walk->boxes[i].size;
        walk->boxes[walk->boxes[i].parent].count += walk->boxes[i].count;
    }
    for (Py_ssize_t i = 0; found != NULL && i < walk->box_count; i++) {
        Box *box = &walk->boxes[i];
        Attributes read;
        read_attributes(box->node, &read);
        int speaks = 0;
        PyObject *words = words_of(walk, &read, &speaks);
        PyObject *style = read.value[STYLE] == NULL ? Py_NewRef(Py_None) : as_string(read.value[STYLE], read.length[STYLE]);
        PyObject *items[] = {
            Py_NewRef(box->tag), PyLong_FromSsize_t(box->parent), PyLong_FromLong(box->depth), PyLong_FromSsize_t(box->place),
            words, style, Py_NewRef(read.found[HIDDEN] ? Py_True : Py_False), PyLong_FromSsize_t(box->size),
            PyLong_FromSsize_t(box->count), Py_NewRef(speaks ? Py_True : Py_False),
        };
        PyObject *item = tuple_of(items, sizeof items / sizeof *items);
        if (item == NULL) {
            Py_CLEAR(found);
        } else {
            PyList_SET_ITEM(found, i, item);
        }
    }
    return found;
}

/* Counts the nodes below one that is passed over. */
static void
pass_over(Walk *walk, Node top)
{
    Node node = top;
    for (;;) {
        Node next = first_child(node);
        while (next == NULL && node != top) {
            next = next_node(node);
            node = next == NULL ? parent_of(node) : node;
        }
        if (next == NULL) {
            return;
        }
        node = next;
        walk->place += type_of(node) != TEXT_NODE;
    }
}

typedef struct {
    PyObject *known, *others;
    Py_ssize_t depth, blocks, boxes, media;
    unsigned long bracket;
} Rules;

/* The one loop; 0, or -1 with an exception set. */
static int
run(Walk *walk, const Rules *rules, Node node)
{
    Py_ssize_t box = 0, links = 0, strongs = 0, known_count = PyTuple_GET_SIZE(rules->known);
    for (;;) {
        if (node == NULL) {
            if (walk->step_count == 0) {
                break;
            }
            Step step = walk->steps[--walk->step_count];
            node = step.next;
            if (step.action == BLOCK) {
                if (walk->started) {
                    if (flush(walk, box) < 0) {
                        return -1;
                    }
                    if (PyList_GET_SIZE(walk->blocks) >= rules->blocks) {
                        break;
                    }
                }
                box = walk->boxes[box].parent < 0 ? box : walk->boxes[box].parent;
            }
            walk->closed |= step.action != BLOCK;
            links -= step.action == LINK;
            strongs -= step.action == STRONG;
            continue;
        }
        int type = type_of(node);
        if (type == TEXT_NODE) {
            size_t length = 0;
            Text text = text_of(node, &length);
            if (text != NULL && length > 0) {
                Py_ssize_t chars = add(walk, text, length);
                if (chars < 0) {
                    return -1;
                }
                if (chars) {
                    walk->breaks = 0;
                    walk->link_chars += links ? chars : 0;
                    walk->strong_chars += strongs ? chars : 0;
                }
            }
            node = next_node(node);
            continue;
        }
        walk->place++;
        if (type != ELEMENT_NODE) {
            node = next_node(node);
            continue;
        }
        uintptr_t number = tag_of(node);
        PyObject *tag, *known = number < (uintptr_t)known_count ? PyTuple_GET_ITEM(rules->known, (Py_ssize_t)number) : Py_None;
        long action;
        if (known != Py_None) {
            tag = PyTuple_GET_ITEM(known, 0);
            action = PyLong_AsLong(PyTuple_GET_ITEM(known, 1));
        } else if ((tag = unknown(walk, node, rules->others, &action)) == NULL) {
            return -1;
        }
        if (action == READING) {
            Node before = previous_node(node);
            action = before != NULL && tag_of(before) == rules->bracket ? PLAIN : SKIP;
        }
        if (action == SKIP) {
            pass_over(walk, node);
            node = next_node(node);
            continue;
        }
        if (action == BREAK) {
            if (++walk->breaks > 1) {
                if (flush(walk, box) < 0) {
                    return -1;
                }
                if (PyList_GET_SIZE(walk->blocks) >= rules->blocks) {
                    break;
                }
            } else {
                walk->space |= walk->started;
            }
            node = next_node(node);
            continue;
        }
        if (action == MEDIUM) {
            if (PyList_GET_SIZE(walk->media) < rules->media && add_medium(walk, tag, box) < 0) {
                return -1;
            }
            pass_over(walk, node);
            node = next_node(node);
            continue;
        }
        Node child = first_child(node);
        if (action == BLOCK) {
            if (walk->started) {
                if (flush(walk, box) < 0) {
                    return -1;
                }
                if (PyList_GET_SIZE(walk->blocks) >= rules->blocks) {
                    break;
                }
            }
            if (child != NULL) {
                if (walk->step_count < rules->depth) {
                    if (add_box(walk, tag, node, box) < 0) {
                        return -1;
                    }
                    box = walk->box_count - 1;
                    if (walk->box_count >= rules->boxes) {
                        break;
                    }
                } else {
                    action = PLAIN;
                }
            }
        } else if (action == TIME) {
            if (add_time(walk, node) < 0) {
                return -1;
            }
        } else if (child != NULL) {
            links += action == LINK;
            strongs += action == STRONG;
        }
        if (child == NULL) {
            node = next_node(node);
            continue;
        }
        walk->opened |= walk->closed && action != BLOCK;
        if (grow((void **)&walk->steps, walk->step_count, &walk->step_room, sizeof(Step)) < 0) {
            return -1;
        }
        walk->steps[walk->step_count].next = next_node(node);
        walk->steps[walk->step_count++].action = (int)action;
        node = child;
    }
    return walk->started ? flush(walk, box) : 0;
}

static PyObject *
walk(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    unsigned long long address;
    Rules rules;
    PyObject *root, *found = NULL, *boxes;
    Walk walk = {0};
    if (!PyArg_ParseTuple(arguments, "KUO!O!nnnnk", &address, &root, &PyTuple_Type, &rules.known, &PyDict_Type, &rules.others,
                          &rules.depth, &rules.blocks, &rules.boxes, &rules.media, &rules.bracket)) {
        return NULL;
    }
    if (type_of == NULL || address == 0) {
        PyErr_SetString(PyExc_RuntimeError, "load() a parser's library first, and give it a node");
        return NULL;
    }
    walk.blocks = PyList_New(0);
    walk.media = PyList_New(0);
    walk.names = PyList_New(0);
    Node node = (Node)(uintptr_t)address;
    if (walk.blocks != NULL && walk.media != NULL && walk.names != NULL && add_box(&walk, root, node, -1) == 0
        && run(&walk, &rules, first_child(node)) == 0 && (boxes = boxes_of(&walk)) != NULL) {
        found = PyTuple_Pack(3, boxes, walk.blocks, walk.media);
        Py_DECREF(boxes);
    }
    release(&walk);
    return found;
}

static PyMethodDef METHODS[] = {
    {"load", load, METH_O, PyDoc_STR("Finds the parser's functions in a shared library; ImportError where one is missing.")},
    {"learn", learn, METH_VARARGS, PyDoc_STR("The words, and beginnings of words, that boxes are asked for; ValueError for too many.")},
    {"walk", walk, METH_VARARGS, PyDoc_STR("The boxes, blocks and media below the node at an address; see walking.py.")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_walk", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit__walk(void)
{
    PyObject *module = PyModule_Create(&MODULE);
    if (module != NULL && PyModule_AddStringConstant(module, "SOURCE", SOURCE_DIGEST) < 0) {
        Py_CLEAR(module);
    }
    return module;
}
