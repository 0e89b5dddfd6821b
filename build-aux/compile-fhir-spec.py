#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compile HL7's FHIR R4 definitions (data/fhir-r4/*.ndjson.xz) into constant C tables.

The server needs a small part of them: which members an object may have, of which type and how often, which codes a
required binding allows, and where in a resource the values of a search parameter are. Everything else (texts,
mappings, profiles) stays in the definitions. The layout of the tables is in src/practice/practice-spec-tables.h.
"""

import argparse
import hashlib
import json
import lzma
import os
import re
import sys

import fhir_invariants

PRIMITIVES = [
    'boolean', 'integer', 'positiveInt', 'unsignedInt', 'decimal', 'string', 'markdown', 'code', 'id', 'uri', 'url',
    'canonical', 'oid', 'uuid', 'base64Binary', 'date', 'dateTime', 'instant', 'time', 'xhtml',
]
# Types whose values are taken apart for an index; all others are 'Other'.
COMPLEX = [
    'Reference', 'Identifier', 'Coding', 'CodeableConcept', 'HumanName', 'Address', 'ContactPoint', 'Period', 'Timing',
    'Quantity', 'Money', 'Range', 'Extension', 'Resource', 'Other',
]
QUANTITIES = {'Age', 'Count', 'Distance', 'Duration', 'SimpleQuantity', 'MoneyQuantity'}
TYPES = {name: number for number, name in enumerate(PRIMITIVES + COMPLEX)}

SEARCH_TYPES = ['number', 'date', 'string', 'token', 'reference', 'composite', 'quantity', 'uri', 'special']
URIS = {'uri', 'url', 'canonical', 'oid', 'uuid'}
TEXTS = {'string', 'markdown'}
# Which types of values a search parameter of each type can be made of.
INDEXABLE = {
    'number': {'decimal', 'integer', 'positiveInt', 'unsignedInt', 'Range'},
    'date': {'date', 'dateTime', 'instant', 'Period', 'Timing'},
    'string': TEXTS | {'HumanName', 'Address'},
    'token': {'code', 'boolean', 'id', 'Coding', 'CodeableConcept', 'Identifier', 'ContactPoint'} | URIS | TEXTS,
    'reference': {'Reference'} | URIS,
    'quantity': {'Quantity', 'Money', 'Range'},
    'uri': URIS,
}
DECEASED = 'Patient.deceased.exists() and Patient.deceased != false'
LEAF_VALUE, LEAF_DECEASED = 0, 1
# Read by the store from the columns of the version, not from the content.
OF_THE_VERSION = {'_id', '_lastUpdated'}
FHIR = 'http://hl7.org/fhir/StructureDefinition/'


class Unsupported(Exception):
    """An expression that the server does not evaluate."""


class Pool:
    """All strings behind one another; a string is its offset. Offset 0 is the empty string: none."""

    def __init__(self):
        self.offsets = {'': 0}
        self.size = 1

    def __call__(self, text):
        if text not in self.offsets:
            self.offsets[text] = self.size
            self.size += len(text.encode()) + 1
        return self.offsets[text]


def read_definitions(folder, name):
    with lzma.open(os.path.join(folder, name + '.ndjson.xz'), 'rt', encoding='utf-8') as lines:
        return [json.loads(line) for line in lines]


def byte_order(text):
    return text.encode()


class Codes:
    """Expansion of the value sets of required bindings, where the definitions enumerate them."""

    def __init__(self, folder):
        self.value_sets = {item['url']: item for item in read_definitions(folder, 'valuesets')}
        self.code_systems = {item['url']: item for item in read_definitions(folder, 'codesystems')}
        self.lists = {}

    def flatten(self, concepts):
        for concept in concepts:
            abstract = {'code': 'notSelectable', 'valueBoolean': True} in concept.get('property', [])
            if not abstract:
                yield concept['code']
            yield from self.flatten(concept.get('concept', []))

    def include(self, part):
        if part.get('filter') or part.get('valueSet'):
            return None
        if 'concept' in part:
            return list(self.flatten(part['concept']))
        system = self.code_systems.get(part.get('system'))
        if system is None or system.get('content') != 'complete':
            return None
        return list(self.flatten(system.get('concept', [])))

    def expand(self, url):
        """(system or '', codes in byte order), or None when the definitions do not enumerate the set."""
        url = url.split('|')[0]
        value_set = self.value_sets.get(url)
        if value_set is None or value_set.get('compose', {}).get('exclude'):
            return None
        parts = value_set['compose']['include']
        expanded = [self.include(part) for part in parts]
        if None in expanded or not any(expanded):
            return None
        systems = {part['system'] for part in parts}
        codes = sorted({code for codes in expanded for code in codes}, key=byte_order)
        return (systems.pop() if len(systems) == 1 else '', tuple(codes))


class Element:
    """One element of a StructureDefinition, choice or not."""

    def __init__(self, definition, element, ordinal):
        self.path = element['path']
        self.ordinal = ordinal
        self.min = element['min']
        self.max = 0 if element['max'] == '*' else int(element['max'])
        self.choice = self.path.endswith('[x]')
        self.name = self.path.rsplit('.', 1)[1].replace('[x]', '')
        self.reference = element.get('contentReference', '').lstrip('#')
        self.types = [self.read_type(definition, element, type_) for type_ in element.get('type', [])]
        self.targets = {
            type_['code']: [profile[len(FHIR):] for profile in type_.get('targetProfile', [])]
            for type_ in element.get('type', []) if type_['code'] == 'Reference'
        }
        binding = element.get('binding', {})
        self.value_set = binding.get('valueSet') if binding.get('strength') == 'required' else None

    def read_type(self, definition, element, type_):
        code = type_['code']
        if code.startswith('http://hl7.org/fhirpath/'):
            # The fhir-type of Resource.id is given as string in 4.0.1; datatypes.html says id.
            if definition['kind'] == 'resource' and element['path'].count('.') == 1:
                return 'id'
            code = next(item['valueUrl'] for item in type_['extension'] if item['url'].endswith('-fhir-type'))
        return code

    def variants(self):
        """(member in JSON, type) of each form the element may have."""
        if not self.choice:
            return [(self.name, self.types[0] if self.types else '')]
        return [(self.name + type_[0].upper() + type_[1:], type_) for type_ in self.types]


class Structures:
    """Nodes (types and backbone elements by path) and their elements."""

    def __init__(self, folder):
        definitions = read_definitions(folder, 'structuredefinitions-base')
        self.definitions = {item['id']: item for item in definitions if item['kind'] in ('resource', 'complex-type')}
        self.nodes, self.constraints = {}, {}
        for definition in self.definitions.values():
            self.add(definition)
        self.order = sorted(self.nodes, key=byte_order)
        self.index = {path: number for number, path in enumerate(self.order)}

    def add(self, definition):
        elements = definition['snapshot']['element']
        parents = {element['path'].rsplit('.', 1)[0] for element in elements if '.' in element['path']}
        for path in sorted(parents):
            self.nodes[path] = {}
        for element in elements:
            if element['path'] in self.nodes:
                self.constraints[element['path']] = element.get('constraint', [])
        for element in elements[1:]:
            members = self.nodes[element['path'].rsplit('.', 1)[0]]
            item = Element(definition, element, len(members))
            members[item.name] = item

    def resources(self):
        return sorted(name for name, item in self.definitions.items()
                      if item['kind'] == 'resource' and not item['abstract'])

    def node_of(self, element, type_):
        """Path of the node that describes a value of @type_ in @element, or None."""
        if element.reference:
            return element.reference
        if element.path in self.nodes:
            return element.path
        return type_ if type_ in self.nodes and type_ != 'Resource' else None


def type_number(type_):
    if type_ in QUANTITIES:
        return TYPES['Quantity']
    return TYPES.get(type_, TYPES['Other'])


def tokenize(expression):
    pattern = re.compile(r"\s*(?:'([^']*)'|([A-Za-z_]\w*)|(!=|[.()\[\]|=])|(\d+))")
    position, tokens = 0, []
    while position < len(expression.rstrip()):
        match = pattern.match(expression, position)
        if not match:
            raise Unsupported(expression)
        kind = match.lastindex
        tokens.append((kind, match.group(kind)))
        position = match.end()
    return tokens


class Expression:
    """Reads the part of FHIRPath that search parameters are written in: a union of paths, each a list of steps."""

    STRING, NAME, SIGN, NUMBER = 1, 2, 3, 4

    def __init__(self, text):
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0

    def peek(self):
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def take(self, kind=None, value=None):
        if self.at >= len(self.tokens):
            raise Unsupported(self.text)
        found_kind, found = self.tokens[self.at]
        if (kind and found_kind != kind) or (value and found != value):
            raise Unsupported(self.text)
        self.at += 1
        return found

    def union(self):
        paths = []
        while self.at < len(self.tokens):
            if self.peek() == '|':
                self.take()
                continue
            paths.append(self.path())
            if self.peek() not in ('|', None):
                raise Unsupported(self.text)
        return paths

    def path(self):
        if self.peek() == '(':
            self.take()
            steps = self.path()
            self.take(self.SIGN, ')')
        else:
            steps = [('member', self.take(self.NAME))]
        while self.peek() == '.':
            self.take()
            steps.append(self.step())
        if self.peek() == 'as':
            self.take()
            steps.append(('as', self.take(self.NAME)))
        return steps

    def step(self):
        name = self.take(self.NAME)
        if self.peek() != '(':
            return ('member', name)
        self.take()
        if name in ('as', 'ofType'):
            step = ('as', self.take(self.NAME))
        elif name == 'extension':
            step = ('extension', self.take(self.STRING))
        elif name == 'where':
            step = self.condition()
        else:
            raise Unsupported(self.text)
        self.take(self.SIGN, ')')
        return step

    def condition(self):
        name = self.take(self.NAME)
        if name == 'resolve':
            for expected in ('(', ')', 'is'):
                self.take(None, expected)
            return ('target', self.take(self.NAME))
        self.take(self.SIGN, '=')
        return ('filter', name, self.take(self.STRING))


class Walk:
    """A place that a path has come to: the steps in JSON, and what the definitions say is there."""

    def __init__(self, steps, node, type_, element=None, target=''):
        self.steps, self.node, self.type, self.element, self.target = steps, node, type_, element, target

    def filtered(self, member, value):
        name = self.steps[-1][0]
        return Walk(self.steps[:-1] + ((name, member, value),), self.node, self.type, self.element, self.target)


def walk_step(structures, places, step):
    kind = step[0]
    if kind == 'as':
        return [place for place in places if place.type == step[1]]
    if kind == 'target':
        return [Walk(p.steps, p.node, p.type, p.element, step[1]) for p in places if p.type == 'Reference']
    if kind == 'filter':
        return [place.filtered(step[1], step[2]) for place in places]
    if kind == 'extension':
        found = walk_step(structures, places, ('member', 'extension'))
        found = [place.filtered('url', step[1]) for place in found]
        return walk_step(structures, found, ('member', 'value'))
    found = []
    for place in places:
        element = structures.nodes.get(place.node, {}).get(step[1])
        if element is None:
            raise Unsupported(step[1])
        for name, type_ in element.variants():
            node = structures.node_of(element, type_)
            found.append(Walk(place.steps + ((name, '', ''),), node, type_, element))
    return found


def compile_expression(structures, param, resource):
    """The places in @resource where @param finds its values."""
    places = []
    for steps in Expression(param['expression']).union():
        # A path without the name of a type ("name | alias") starts at the resource.
        rooted = steps[0][1][0].isupper()
        if rooted and steps[0][1] not in (resource, 'Resource', 'DomainResource'):
            continue
        found = [Walk((), resource, resource)]
        for step in steps[rooted:]:
            found = walk_step(structures, found, step)
        places.extend(found)
    names = INDEXABLE[param['type']]
    kept = [p for p in places if ('Quantity' if p.type in QUANTITIES else p.type) in names]
    if not kept:
        raise Unsupported(param['expression'])
    return kept


class Trie:
    """What is looked up in one resource type: a tree of members, with the parameters whose values are there."""

    def __init__(self, key=('', '', '')):
        self.key = key
        self.children = {}
        self.actions = []

    def add(self, steps, action):
        node = self
        for step in steps:
            node = node.children.setdefault(step, Trie(step))
        if action not in node.actions:
            node.actions.append(action)


class Searches:
    """One row per base type and code, and the tries."""

    def __init__(self, folder, structures, codes):
        self.structures, self.codes = structures, codes
        self.rows = {}
        for param in read_definitions(folder, 'searchparameters'):
            if param['id'] != 'example' and param.get('code') and param['type'] in SEARCH_TYPES:
                for base in param.get('base', []):
                    self.rows.setdefault((base, param['code']), param)
        self.order = sorted(self.rows, key=lambda key: (byte_order(key[0]), byte_order(key[1])))
        self.tries = {name: Trie() for name in structures.resources()}
        self.indexed = {key for number, key in enumerate(self.order) if self.compile(number, *key)}

    def compile(self, number, base, code):
        param = self.rows[base, code]
        if code in OF_THE_VERSION:
            return True
        if not param.get('expression') or param['type'] not in INDEXABLE:
            return False
        if param['expression'] == DECEASED:
            self.tries[base].add((), (number, LEAF_DECEASED, 'boolean', '', ''))
            return True
        try:
            for resource in self.tries if base in ('Resource', 'DomainResource') else [base]:
                for place in compile_expression(self.structures, param, resource):
                    self.tries[resource].add(place.steps, self.action(number, place))
        except Unsupported:
            return False
        return True

    def action(self, number, place):
        system = ''
        if place.type == 'code' and place.element.value_set:
            system = (self.codes.expand(place.element.value_set) or ('',))[0]
        return (number, LEAF_VALUE, place.type, place.target, system)


class Writer:
    """Writes the tables as C."""

    def __init__(self, structures, searches, codes):
        self.structures, self.searches, self.codes = structures, searches, codes
        self.pool = Pool()
        self.code_lists, self.target_lists = {}, {}
        self.lines = []

    def table(self, head, rows):
        self.lines.append('const %s = {' % head)
        self.lines.extend('  %s,' % row for row in rows)
        self.lines.append('};\n')

    def code_list(self, element, type_):
        expanded = element.value_set and type_ in ('code', 'CodeableConcept') and self.codes.expand(element.value_set)
        if not expanded:
            return 0
        return self.code_lists.setdefault(expanded, len(self.code_lists) + 1)

    def target_list(self, element, type_):
        targets = element.targets.get(type_)
        if not targets or 'Resource' in targets:
            return 0
        key = tuple(sorted(targets, key=byte_order))
        return self.target_lists.setdefault(key, len(self.target_lists) + 1)

    def member(self, element, name, type_):
        node = self.structures.node_of(element, type_)
        return '{ %d, %d, %d, %d, %d, %d, %d, %d }' % (
            self.pool(name), self.structures.index.get(node, 0), self.code_list(element, type_),
            self.target_list(element, type_), type_number(type_), element.ordinal, element.max, element.choice)

    def write_rules(self):
        """Gives how many invariants each node has, in the order of the nodes."""
        rules, ops, counts = [], [], []
        for path in self.structures.order:
            found = fhir_invariants.compile_invariants(path, self.structures.constraints[path],
                                                       self.structures.nodes[path], PRIMITIVES)
            counts.append(len(found))
            for key, human, program in found:
                rules.append('{ %d, %d, %d, %d }' % (self.pool(key), self.pool(human), len(ops), len(program)))
                ops.extend('{ PRACTICE_OP_%s, %d, %d }' % (
                    name.upper().replace('-', '_'), self.pool(member), self.pool(text)) for name, member, text in program)
        self.table('PracticeSpecRule practice_spec_rules[]', rules)
        self.table('PracticeSpecOp practice_spec_ops[]', ops)
        return counts

    def write_nodes(self):
        nodes, members, n_rules = [], [], 0
        counts = self.write_rules()
        for path, count in zip(self.structures.order, counts):
            elements = self.structures.nodes[path].values()
            if len(elements) > 64 or any(element.min > 1 for element in elements):
                sys.exit('%s does not fit the tables' % path)
            rows = sorted(((name, element, type_) for element in elements for name, type_ in element.variants()),
                          key=lambda row: byte_order(row[0]))
            required = sum(1 << element.ordinal for element in elements if element.min)
            nodes.append('{ %d, %d, %d, G_GUINT64_CONSTANT (0x%x), %d, %d, %d }' % (
                self.pool(path), len(members), len(rows), required, n_rules, count, path == 'Extension'))
            n_rules += count
            members.extend(self.member(element, name, type_) for name, element, type_ in rows)
        self.table('PracticeSpecNode practice_spec_nodes[]', nodes)
        self.lines.append('const guint practice_spec_n_nodes = %d;\n' % len(nodes))
        self.table('PracticeSpecMember practice_spec_members[]', members)

    def write_lists(self):
        heads, codes = ['{ 0, 0, 0 }'], []
        for system, values in self.code_lists:
            heads.append('{ %d, %d, %d }' % (len(codes), len(values), self.pool(system)))
            codes.extend(self.pool(value) for value in values)
        self.table('PracticeSpecList practice_spec_code_lists[]', heads)
        self.table('guint32 practice_spec_codes[]', codes)
        heads, targets = ['{ 0, 0, 0 }'], []
        for values in self.target_lists:
            heads.append('{ %d, %d, 0 }' % (len(targets), len(values)))
            targets.extend(self.pool(value) for value in values)
        self.table('PracticeSpecList practice_spec_target_lists[]', heads)
        self.table('guint32 practice_spec_targets[]', targets)

    def write_tries(self):
        """Breadth first, so that the children of a step lie behind one another."""
        steps, actions, roots = [], [], {}
        for resource, trie in self.searches.tries.items():
            roots[resource] = len(steps)
            steps.append(None)
            queue = [(roots[resource], trie)]
            for place, node in queue:
                children = sorted(node.children.values(), key=lambda child: child.key)
                first = len(steps)
                steps.extend([None] * len(children))
                queue.extend(zip(range(first, first + len(children)), children))
                key = ', '.join(str(self.pool(part)) for part in node.key)
                steps[place] = '{ %s, %d, %d, %d, %d }' % (key, first, len(children), len(actions), len(node.actions))
                for number, leaf, type_, target, system in node.actions:
                    actions.append('{ %d, %d, %d, %d, %d }' % (
                        number, leaf, type_number(type_), self.pool(target), self.pool(system)))
        self.table('PracticeSpecStep practice_spec_steps[]', steps)
        self.table('PracticeSpecAction practice_spec_actions[]', actions)
        return roots

    def write_types(self, roots):
        names = self.structures.resources()
        rows = ['{ "%s", %d, %d, %d }' % (
            name, self.structures.index[name], roots[name],
            self.structures.definitions[name].get('baseDefinition', '').endswith('/DomainResource')) for name in names]
        self.table('PracticeSpecType practice_spec_types[]', rows)
        self.lines.append('const guint practice_spec_n_types = %d;\n' % len(names))
        self.table('char *const practice_spec_type_names[]', ['"%s"' % name for name in names] + ['NULL'])

    def write_params(self):
        lists, rows = {}, []
        for number, (base, code) in enumerate(self.searches.order):
            param = self.searches.rows[base, code]
            targets = tuple(param.get('target', [])) if param['type'] == 'reference' else ()
            name = 'NULL'
            if targets:
                name = 'targets_%d' % lists.setdefault(targets, len(lists))
            rows.append('{ %d, PRACTICE_SEARCH_%s, "%s", "%s", "%s", %s, %s }' % (
                number, param['type'].upper(), base, code, param['url'], name,
                'TRUE' if (base, code) in self.searches.indexed else 'FALSE'))
        for targets, number in lists.items():
            names = ', '.join('"%s"' % target for target in targets)
            self.lines.append('static const char *const targets_%d[] = { %s, NULL };' % (number, names))
        self.table('PracticeSearchParam practice_spec_params[]', rows)
        self.lines.append('const guint practice_spec_n_params = %d;\n' % len(rows))

    def write_pool(self):
        self.lines.append('const char practice_spec_pool[] =')
        for text in self.pool.offsets:
            self.lines.append('  "%s\\0"' % text.replace('\\', '\\\\').replace('"', '\\"'))
        self.lines[-1] += ';\n'

    def write(self):
        self.write_nodes()
        self.write_types(self.write_tries())
        self.write_lists()
        self.write_params()
        self.write_pool()
        body = '\n'.join(self.lines)
        checksum = hashlib.sha256(body.encode()).hexdigest()[:32]
        return '/* Made by build-aux/compile-fhir-spec.py from data/fhir-r4. */\n' \
            '#include "practice/practice-spec-tables.h"\n\n%s' \
            'const char practice_spec_checksum[] = "%s";\n' % (body, checksum)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder', help='the folder with the definitions')
    parser.add_argument('output', help='the C file to write')
    parser.add_argument('--unsupported', action='store_true', help='list the search parameters that are not evaluated')
    arguments = parser.parse_args()

    structures = Structures(arguments.folder)
    codes = Codes(arguments.folder)
    searches = Searches(arguments.folder, structures, codes)
    text = Writer(structures, searches, codes).write()
    with open(arguments.output, 'w', encoding='utf-8') as output:
        output.write(text)
    if arguments.unsupported:
        for key in searches.order:
            if key not in searches.indexed:
                param = searches.rows[key]
                print('%s.%s: %s %s' % (*key, param['type'], param.get('expression')))


if __name__ == '__main__':
    main()
