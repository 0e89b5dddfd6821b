# SPDX-License-Identifier: GPL-3.0-or-later
"""Compile the invariants of FHIR's definitions into programs for a small stack machine.

Most invariants say which members of one object may be there together, or with which codes: that part of FHIRPath is
compiled here (exists, empty, not, comparison of a member with a code, order of two moments, and or xor implies). An
invariant that needs more is left out. Operations are tuples (name, member, text).
"""

import re

MOMENTS = {'date', 'dateTime', 'instant'}
# Judged by hand in C: they are about all objects, or about the whole resource.
BY_HAND = {'ele-1', 'ext-1', 'dom-2', 'dom-3', 'dom-4', 'dom-5', 'ref-1'}
# 4.0.1 misspells a code here: Appointment.status has "noshow".
CORRECTED = {'app-4': ("'no-show'", "'noshow'")}
# What the definitions leave unsaid and a desk relies on.
ADDED = {
    'Slot': [('slot-end', 'A slot SHALL end after it starts', 'start < end')],
    'Appointment': [('app-end', 'An appointment SHALL NOT end before it starts',
                     'start.empty() or end.empty() or (start <= end)')],
}


class Unsupported(Exception):
    """An invariant that the server does not judge."""


def tokenize(text):
    text = re.sub(r'\(?(\w+)\.count\(\)\s*\+\s*(\w+)\.count\(\)\)?\s*>\s*0', r'(\1.exists() or \2.exists())', text)
    pattern = re.compile(r"\s*('[^']*'|[A-Za-z_]\w*|<=|>=|!=|[<>=.()|])")
    position, tokens = 0, []
    text = text.rstrip()
    while position < len(text):
        match = pattern.match(text, position)
        if not match:
            raise Unsupported(text)
        tokens.append(match.group(1))
        position = match.end()
    return tokens


class Path(tuple):
    """A member that was named and not yet asked anything."""


class Compiler:
    """Recursive descent over one invariant of one node; every method gives a list of operations, or a Path."""

    def __init__(self, text, type_name, elements, primitives):
        self.text, self.elements, self.primitives = text, elements, primitives
        self.tokens = tokenize(text)
        if type_name in self.tokens:
            self.tokens = self.without_prefix(type_name)
        self.at = 0

    def without_prefix(self, type_name):
        tokens = list(self.tokens)
        while type_name in tokens:
            at = tokens.index(type_name)
            del tokens[at:at + 2]
        return tokens

    def fail(self):
        raise Unsupported(self.text)

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def accept(self, *values):
        if self.peek() in values:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def expect(self, value):
        if not self.accept(value):
            self.fail()

    def truth(self, value):
        return self.fail() if isinstance(value, Path) else value

    def compile(self):
        program = self.truth(self.implication())
        if self.peek() is not None:
            self.fail()
        return program

    def implication(self):
        left = self.disjunction()
        while self.accept('implies'):
            left = self.truth(left) + [('not', '', '')] + self.truth(self.disjunction()) + [('or', '', '')]
        return left

    def disjunction(self):
        left = self.conjunction()
        while True:
            word = self.accept('or', 'xor')
            if not word:
                return left
            left = self.truth(left) + self.truth(self.conjunction()) + [(word, '', '')]

    def conjunction(self):
        left = self.comparison()
        while self.accept('and'):
            left = self.truth(left) + self.truth(self.comparison()) + [('and', '', '')]
        return left

    def comparison(self):
        left = self.postfix()
        sign = self.accept('=', '!=', '<', '<=', '>=', 'in')
        if not sign:
            return left
        if not isinstance(left, Path):
            # Whether two things are there must be the same.
            if sign not in ('=', '!='):
                self.fail()
            return left + self.truth(self.postfix()) + [('xor', '', '')] + ([('not', '', '')] if sign == '=' else [])
        if sign == 'in':
            return self.membership(left[0])
        if sign in ('=', '!='):
            return self.equals(left[0], self.literal()) + ([('not', '', '')] if sign == '!=' else [])
        return self.order(left[0], sign, self.postfix())

    def order(self, first, sign, second):
        if not isinstance(second, Path):
            self.fail()
        for name in (first, second[0]):
            if self.elements[name].types[0] not in MOMENTS:
                self.fail()
        if sign == '>=':
            return [('not-after', second[0], first)]
        return [('not-after' if sign == '<=' else 'before', first, second[0])]

    def literal(self):
        token = self.peek()
        if token is None or not (token[0] == "'" or token in ('true', 'false')):
            self.fail()
        self.at += 1
        return token.strip("'")

    def membership(self, name):
        self.expect('(')
        program = self.equals(name, self.literal())
        while self.accept('|'):
            program += self.equals(name, self.literal()) + [('or', '', '')]
        self.expect(')')
        return program

    def equals(self, name, literal):
        if self.elements[name].choice:
            self.fail()
        return [('equals', name, literal)]

    def postfix(self):
        if self.accept('('):
            value = self.implication()
            self.expect(')')
        else:
            name = self.peek()
            if name not in self.elements:
                self.fail()
            self.at += 1
            value = Path((name,))
        while self.accept('.'):
            function = self.accept('exists', 'empty', 'hasValue', 'not') or self.fail()
            self.expect('(')
            self.expect(')')
            value = self.call(function, value)
        return value

    def call(self, function, value):
        if function == 'not':
            return self.truth(value) + [('not', '', '')]
        if not isinstance(value, Path):
            self.fail()
        program = self.exists(value[0], function != 'hasValue')
        return program + [('not', '', '')] if function == 'empty' else program

    def exists(self, name, by_extension):
        """Any form of the member, or only its extension."""
        names = []
        for form, type_ in self.elements[name].variants():
            names.append(form)
            if by_extension and type_ in self.primitives:
                names.append('_' + form)
        program = [('exists', names[0], '')]
        for form in names[1:]:
            program += [('exists', form, ''), ('or', '', '')]
        return program


def compile_invariants(path, constraints, elements, primitives):
    """[(key, human text, program)] of a node, as far as the server can judge them."""
    found = []
    wanted = [(item['key'], item['human'], item['expression']) for item in constraints
              if item.get('severity') == 'error' and item['key'] not in BY_HAND and 'expression' in item]
    for key, human, expression in wanted + ADDED.get(path, []):
        if key in CORRECTED:
            expression = expression.replace(*CORRECTED[key])
        try:
            program = Compiler(expression, path.split('.')[0], elements, primitives).compile()
        except Unsupported:
            continue
        found.append((key, human.strip(), program))
    return found
