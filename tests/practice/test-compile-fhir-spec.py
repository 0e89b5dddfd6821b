#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What build-aux/compile-fhir-spec.py makes of expressions: of search parameters and of invariants."""

import importlib.util
import json
import lzma
import os
import pathlib
import sys

ROOT = pathlib.Path(sys.argv[1]).resolve()
sys.path.insert(0, str(ROOT / 'build-aux'))

import fhir_invariants  # noqa: E402

SPEC = importlib.util.spec_from_file_location('compiler', ROOT / 'build-aux/compile-fhir-spec.py')
compiler = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(compiler)


def structure(*elements):
    """Elements of a made-up type T: (name, type, max)."""
    found = {}
    for name, types, most in elements:
        element = {'path': 'T.' + name, 'min': 0, 'max': most, 'type': [{'code': type_} for type_ in types]}
        item = compiler.Element({'kind': 'complex-type'}, element, len(found))
        found[item.name] = item
    return found


ELEMENTS = structure(('status', ['code'], '1'), ('start', ['dateTime'], '1'), ('end', ['dateTime'], '1'),
                     ('name', ['HumanName'], '*'), ('value[x]', ['string', 'Quantity'], '1'), ('flag', ['boolean'], '1'))


def evaluate(program, value):
    """A slow, obvious machine."""
    stack = []
    for name, member, text in program:
        if name == 'exists':
            stack.append(member in value)
        elif name == 'equals':
            stack.append(str(value.get(member)).replace('True', 'true') == text)
        elif name in ('not-after', 'before'):
            first, second = value.get(member), value.get(text)
            late = None in (first, second) or (first <= second if name == 'not-after' else first < second)
            stack.append(late)
        elif name == 'not':
            stack.append(not stack.pop())
        else:
            second, first = stack.pop(), stack.pop()
            stack.append({'and': first and second, 'or': first or second, 'xor': first != second}[name])
    return stack == [True]


# Invariant, values that keep it, values that break it.
INVARIANTS = [
    ('name.exists()', [{'name': []}], [{}, {'status': 'a'}]),
    ('name.empty()', [{}], [{'name': []}]),
    ('status.exists()', [{'status': 'a'}, {'_status': {}}], [{}]),
    ('status.hasValue()', [{'status': 'a'}], [{'_status': {}}]),
    ('value.exists()', [{'valueString': 'x'}, {'valueQuantity': {}}, {'_valueString': {}}], [{'value': 'x'}]),
    ('start.exists() = end.exists()', [{}, {'start': 1, 'end': 2}], [{'start': 1}, {'end': 1}]),
    ("status = 'a' or status='b'", [{'status': 'a'}, {'status': 'b'}], [{}, {'status': 'c'}]),
    ("(status in ('a' | 'b')).not()", [{}, {'status': 'c'}], [{'status': 'a'}, {'status': 'b'}]),
    ("status != 'a' or name.exists()", [{'status': 'b'}, {'status': 'a', 'name': []}], [{'status': 'a'}]),
    ('name.exists() implies status.exists()', [{}, {'status': 'a'}, {'name': [], 'status': 'a'}], [{'name': []}]),
    ('name.exists() xor value.exists()', [{'name': []}], [{}, {'name': [], 'valueString': 'x'}]),
    ('name.empty() or status.exists() and start.exists()', [{}, {'name': [], 'status': 'a', 'start': 1}],
     [{'name': [], 'status': 'a'}]),
    ('start <= end', [{'start': 1, 'end': 1}, {'start': 1}], [{'start': 2, 'end': 1}]),
    ('end >= start', [{'start': 1, 'end': 1}], [{'start': 2, 'end': 1}]),
    ('start < end', [{'start': 1, 'end': 2}], [{'start': 1, 'end': 1}]),
    ('flag = true', [{'flag': True}], [{}, {'flag': False}]),
    ('T.name.exists()', [{'name': []}], [{}]),
    ('(name.count() + start.count()) > 0', [{'name': []}, {'start': 1}], [{}]),
]
UNSUPPORTED = [
    'name', 'name.exists', 'nothing.exists()', 'name.family.exists()', 'name.all(use.exists())', 'name.count() > 1',
    "status = %ucum", 'name <= start', "value = 'x'", 'name.exists() and', '(name.exists()', 'start <= 5', '',
]
# Expression of a search parameter, the steps it is read as.
PATHS = [
    ('A.b.c', [[('member', 'A'), ('member', 'b'), ('member', 'c')]]),
    ('A.b | C.d', [[('member', 'A'), ('member', 'b')], [('member', 'C'), ('member', 'd')]]),
    ('(A.b as Period)', [[('member', 'A'), ('member', 'b'), ('as', 'Period')]]),
    ('A.b.as(Period)', [[('member', 'A'), ('member', 'b'), ('as', 'Period')]]),
    ('(A.b as Text).c', [[('member', 'A'), ('member', 'b'), ('as', 'Text'), ('member', 'c')]]),
    ('A.b.where(resolve() is Patient)', [[('member', 'A'), ('member', 'b'), ('target', 'Patient')]]),
    ("A.b.where(system='phone')", [[('member', 'A'), ('member', 'b'), ('filter', 'system', 'phone')]]),
    ("A.extension('http://x')", [[('member', 'A'), ('extension', 'http://x')]]),
]
NO_PATHS = ['A.b[0].c', 'A.b.exists()', "A.b.where(hasExtension('x'))", 'A.b and A.c', 'A.', 'A.b.first()', '(A.b']


class Tap:
    def __init__(self):
        self.count, self.failed = 0, False

    def ok(self, good, name):
        self.count += 1
        print('%s %d - %s' % ('ok' if good else 'not ok', self.count, name))
        self.failed = self.failed or not good

    def skip(self, name, reason):
        self.count += 1
        print('ok %d - %s # SKIP %s' % (self.count, name, reason))


def compile_invariant(text):
    return fhir_invariants.Compiler(text, 'T', ELEMENTS, compiler.PRIMITIVES).compile()


def is_refused(function, text, error):
    try:
        function(text)
    except error:
        return True
    return False


def test_invariants(tap):
    for text, kept, broken in INVARIANTS:
        program = compile_invariant(text)
        good = all(evaluate(program, value) for value in kept) and not any(evaluate(program, v) for v in broken)
        tap.ok(good, 'invariant: ' + text)
    for text in UNSUPPORTED:
        tap.ok(is_refused(compile_invariant, text, fhir_invariants.Unsupported), 'left out: ' + text)


def test_paths(tap):
    for text, steps in PATHS:
        tap.ok(compiler.Expression(text).union() == steps, 'path: ' + text)
    for text in NO_PATHS:
        tap.ok(is_refused(lambda one: compiler.Expression(one).union(), text, compiler.Unsupported), 'left out: ' + text)


def test_codes(tap):
    codes = compiler.Codes(str(ROOT / 'data/fhir-r4'))
    system, values = codes.expand('http://hl7.org/fhir/ValueSet/slotstatus|4.0.1')
    tap.ok(system == 'http://hl7.org/fhir/slotstatus' and values == (
        'busy', 'busy-tentative', 'busy-unavailable', 'entered-in-error', 'free'), 'codes of Slot.status')
    values = codes.expand('http://hl7.org/fhir/ValueSet/item-type')[1]
    tap.ok('boolean' in values and 'question' not in values, 'a code that only groups others is none')
    tap.ok(codes.expand('http://hl7.org/fhir/ValueSet/currencies') is None, 'currencies are not enumerated')
    tap.ok(codes.expand('http://example.org/none') is None, 'an unknown value set is not enumerated')


def schema_differences(structures, codes, schema):
    """Members, arrays and enumerated codes of each object, as HL7's own JSON schema has them."""
    nodes = {path.replace('.', '_').lower(): path for path in structures.order}
    compared = 0
    for name, definition in schema.items():
        path = nodes.get(name.lower())
        if path is None or 'properties' not in definition:
            continue
        members = {form: element for element in structures.nodes[path].values() for form, _ in element.variants()}
        theirs = {member: about for member, about in definition['properties'].items() if not member.startswith('_')}
        # The schema gives every inner object a modifierExtension, the definitions only those that are BackboneElements.
        for member in set(theirs) ^ set(members):
            if member not in ('modifierExtension', 'resourceType'):
                yield '%s.%s is only on one side' % (path, member)
        for member in set(theirs) & set(members):
            compared += 1
            element, about = members[member], theirs[member]
            if (about.get('type') == 'array') != (element.max != 1):
                yield '%s.%s is an array only on one side' % (path, member)
            listed = about.get('enum') or about.get('items', {}).get('enum')
            if listed and element.value_set and set(listed) != set((codes.expand(element.value_set) or ('', ()))[1]):
                yield '%s.%s has other codes' % (path, member)
    if compared < 4000:
        yield 'only %d members compared' % compared


def test_schema(tap):
    shared = os.environ.get('RECEPTION_SHARED_DATA', str(ROOT.parent / 'shared/data'))
    source = pathlib.Path(shared) / 'fhir-r4-spec/fhir.schema.json.xz'
    if not source.exists():
        tap.skip('the JSON schema of HL7 says the same', 'fhir.schema.json.xz is not here')
        return
    folder = str(ROOT / 'data/fhir-r4')
    with lzma.open(source, 'rt', encoding='utf-8') as text:
        schema = json.load(text)['definitions']
    found = list(schema_differences(compiler.Structures(folder), compiler.Codes(folder), schema))
    for line in found:
        print('# ' + line)
    tap.ok(not found, 'the JSON schema of HL7 says the same')


def main():
    tap = Tap()
    test_invariants(tap)
    test_paths(tap)
    test_codes(tap)
    test_schema(tap)
    print('1..%d' % tap.count)
    sys.exit(1 if tap.failed else 0)


if __name__ == '__main__':
    main()
