import { parseSync } from 'vite';

/** A file or package that a module names, however it does it. */
export interface Reference {
  /** Null: the name is computed, so that nobody can check it. */
  readonly specifier: string | null;
  /** Names taken from it; `*` for all, or where it cannot be told. */
  readonly names: readonly string[];
  readonly line: number;
}

export interface Exported {
  readonly name: string;
  readonly is: 'function' | 'class' | 'interface' | 'type' | 'value';
  readonly documented: boolean;
  readonly line: number;
}

/** What the laws want to know of a module. */
export interface Module {
  readonly references: readonly Reference[];
  /** Texts that may reach a person: string literals, pieces of templates, text between JSX tags. */
  readonly texts: readonly { readonly text: string; readonly line: number }[];
  /** Names that the module uses and nowhere declares; `a.b` for members of such a name. */
  readonly globals: readonly { readonly name: string; readonly line: number }[];
  readonly exported: readonly Exported[];
  /** All interfaces, exported or not. */
  readonly interfaces: readonly { readonly name: string; readonly line: number }[];
  readonly defaultExport: number | null;
  /** First syntax error, in words. */
  readonly error: string | null;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function children(node: Node): [string, Node][] {
  const found: [string, Node][] = [];
  for (const [field, value] of Object.entries(node)) {
    if (isNode(value)) found.push([field, value]);
    else if (Array.isArray(value)) for (const one of value) if (isNode(one)) found.push([field, one]);
  }
  return found;
}

const textIn = (node: unknown): string | null =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
const nameOf = (node: unknown): string | null =>
  isNode(node) && node.type === 'Identifier' ? (node.name as string) : null;

/** Fields of a node under which an identifier is a label, not a use of a variable. */
const labels: Readonly<Record<string, readonly string[]>> = {
  MemberExpression: ['property'],
  Property: ['key'],
  PropertyDefinition: ['key'],
  MethodDefinition: ['key'],
  ImportSpecifier: ['imported'],
  ExportSpecifier: ['exported'],
  LabeledStatement: ['label'],
  BreakStatement: ['label'],
  ContinueStatement: ['label'],
  MetaProperty: ['meta', 'property'],
};

/** Names that a pattern binds: `a`, `{ a, b: c }`, `[a = 1, ...b]`. */
function bound(pattern: unknown, into: Set<string>): void {
  if (!isNode(pattern)) return;
  if (pattern.type === 'Identifier') into.add(pattern.name as string);
  else if (pattern.type === 'Property') bound(pattern.value, into);
  else if (pattern.type === 'AssignmentPattern') bound(pattern.left, into);
  else if (pattern.type === 'RestElement') bound(pattern.argument, into);
  else if (pattern.type === 'TSParameterProperty') bound(pattern.parameter, into);
  else if (pattern.type === 'ObjectPattern' || pattern.type === 'ArrayPattern') {
    for (const [, child] of children(pattern)) bound(child, into);
  }
}

function declaredBy(node: Node, into: Set<string>): void {
  if (node.type === 'VariableDeclarator' || node.type === 'ClassDeclaration') bound(node.id, into);
  if (node.type.includes('Function')) {
    bound(node.id, into);
    for (const parameter of (node.params as unknown[] | undefined) ?? []) bound(parameter, into);
  }
  if (node.type === 'CatchClause') bound(node.param, into);
  if (node.type.startsWith('Import') && node.type.endsWith('Specifier')) bound(node.local, into);
}

/** `import('x')`, `import x from`, `export … from`, `import('x').T` in types, `require('x')`, `new URL('x.ts', import.meta.url)`. */
function referenceIn(node: Node): string | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return textIn(node.source);
    case 'ExportNamedDeclaration':
      return node.source ? textIn(node.source) : undefined;
    case 'TSExternalModuleReference':
      return textIn(node.expression);
    case 'CallExpression':
      return nameOf(node.callee) === 'require' ? textIn((node.arguments as unknown[])[0]) : undefined;
    case 'NewExpression': {
      const [first, second] = node.arguments as unknown[];
      const text = textIn(first);
      const here = isNode(second) && second.type === 'MemberExpression' && isNode(second.object);
      const beside = here && (second.object as Node).type === 'MetaProperty';
      return nameOf(node.callee) === 'URL' && beside && text && /\.(ts|tsx|js|mjs)$/.test(text) ? text : undefined;
    }
    default:
      return undefined;
  }
}

/** Names that an import or a re-export takes. */
function namesIn(node: Node): string[] {
  const specifiers = node.specifiers as Node[] | undefined;
  if (!specifiers || specifiers.length === 0) return ['*'];
  return specifiers.map((one) => {
    if (one.type === 'ImportSpecifier') return nameOf(one.imported) ?? '*';
    if (one.type === 'ExportSpecifier') return nameOf(one.local) ?? '*';
    return '*';
  });
}

function exportedBy(node: Node, documented: boolean, line: number): Exported[] {
  const declaration = node.declaration as Node | null;
  if (!isNode(declaration)) return [];
  const one = (id: unknown, is: Exported['is']): Exported[] => {
    const name = nameOf(id);
    return name ? [{ name, is, documented, line }] : [];
  };
  if (declaration.type.includes('Function')) return one(declaration.id, 'function');
  if (declaration.type === 'ClassDeclaration') return one(declaration.id, 'class');
  if (declaration.type === 'TSInterfaceDeclaration') return one(declaration.id, 'interface');
  if (declaration.type === 'TSTypeAliasDeclaration') return one(declaration.id, 'type');
  if (declaration.type !== 'VariableDeclaration') return [];
  return (declaration.declarations as Node[]).flatMap((made) => {
    const callable = isNode(made.init) && made.init.type.includes('Function');
    return one(made.id, callable ? 'function' : 'value');
  });
}

function lineFinder(text: string): (at: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) ends.push(at);
  return (at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

function read(path: string, text: string): Module {
  const result = parseSync(path, text);
  const lineOf = lineFinder(text);
  const references: Reference[] = [];
  const texts: { text: string; line: number }[] = [];
  const used: { name: string; line: number }[] = [];
  const exported: Exported[] = [];
  const interfaces: { name: string; line: number }[] = [];
  const declared = new Set<string>();
  let defaultExport: number | null = null;
  const docEnds = new Set(
    result.comments
      .filter((comment) => comment.type === 'Block' && comment.value.startsWith('*'))
      .map((comment) => comment.end),
  );
  const isDocumented = (start: number) => docEnds.has(text.slice(0, start).trimEnd().length);

  const visit = (node: Node, parent: Node | null, field: string): void => {
    const line = lineOf(node.start);
    declaredBy(node, declared);
    const reference = referenceIn(node);
    if (reference !== undefined) references.push({ specifier: reference, names: namesIn(node), line });
    if (node.type === 'Literal' && typeof node.value === 'string' && field !== 'source') {
      texts.push({ text: node.value, line });
    }
    if (node.type === 'TemplateElement') {
      texts.push({ text: (node.value as { cooked?: string | null }).cooked ?? '', line });
    }
    if (node.type === 'JSXText') texts.push({ text: node.value as string, line });
    if (node.type === 'TSInterfaceDeclaration') interfaces.push({ name: nameOf(node.id) ?? '', line });
    if (node.type === 'ExportDefaultDeclaration') defaultExport = line;
    if (node.type === 'ExportNamedDeclaration') {
      exported.push(...exportedBy(node, isDocumented(node.start), line));
      for (const specifier of (node.specifiers as Node[] | undefined) ?? []) {
        if (nameOf(specifier.exported) === 'default') defaultExport = line;
      }
    }
    if (node.type === 'MemberExpression' && !node.computed) {
      const [object, property] = [nameOf(node.object), nameOf(node.property)];
      if (object && property) used.push({ name: `${object}.${property}`, line });
    }
    if (node.type === 'Identifier') {
      const label = parent && labels[parent.type]?.includes(field) && !parent.computed;
      const ofType = parent?.type.startsWith('TS') && field !== 'expression';
      if (!label && !ofType) used.push({ name: node.name as string, line });
    }
    for (const [name, child] of children(node)) visit(child, node, name);
  };
  visit(result.program as unknown as Node, null, '');
  return {
    references,
    texts,
    globals: used.filter(({ name }) => !declared.has(name.split('.')[0] ?? name)),
    exported,
    interfaces,
    defaultExport,
    error: result.errors[0]?.message ?? null,
  };
}

const known = new Map<string, { readonly text: string; readonly module: Module }>();

/** Parses a file once; the same text is not parsed again. */
export function moduleOf(path: string, text: string): Module {
  const held = known.get(path);
  if (held?.text === text) return held.module;
  const module = read(path, text);
  known.set(path, { text, module });
  return module;
}
