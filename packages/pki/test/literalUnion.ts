import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const sources = join(dirname(fileURLToPath(import.meta.url)), '../src')

/** The string literals of an exported union type of this package, those of the unions that it takes in among them. `file` is below `src`. */
export function literalUnion(file: string, name: string): readonly string[] {
  return literalsOf(join(sources, file), name)
}

function literalsOf(path: string, name: string): string[] {
  const { statements } = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest)
  const alias = statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === name)
  if (alias !== undefined && ts.isTypeAliasDeclaration(alias)) return membersOf(alias.type, path)
  for (const each of statements) {
    if (!ts.isImportDeclaration(each) || !ts.isStringLiteral(each.moduleSpecifier)) continue
    const bindings = each.importClause?.namedBindings
    const imported =
      bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some(({ name: { text } }) => text === name)
    if (imported) return literalsOf(join(dirname(path), each.moduleSpecifier.text.replace(/\.js$/, '.ts')), name)
  }
  throw new Error(`no type ${name} in ${path}`)
}

function membersOf(type: ts.TypeNode, path: string): string[] {
  if (ts.isUnionTypeNode(type)) return [...new Set(type.types.flatMap((member) => membersOf(member, path)))]
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return [type.literal.text]
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) return literalsOf(path, type.typeName.text)
  throw new Error(`a union in ${path} is of more than string literals`)
}
