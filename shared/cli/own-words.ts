import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import actions from '../iam/data/actions.json' with { type: 'json' };
import keys from '../iam/data/condition-keys.json' with { type: 'json' };

const sources = ['shared/access', 'shared/iam'];
const data = ['services', 'issuers', 'own-account'].map((name) => `shared/iam/data/${name}.json`);

/** How the ARNs of resources go on that belong to another: `{at}bot-alias/{name}/*`. */
const forms = Object.values(actions.kinds).flatMap((kind) =>
  kind.forms.flatMap((form) => [form.resource, 'of' in form ? form.of : '']),
);

/** What stands behind a slash in the keys that AWS names whole: `apigateway:Request/EndpointType`. */
const endsOfKeys = [...keys.multiValued, ...Object.values(keys.known).flat()].map((key) =>
  key.split('/').slice(1).join(),
);

function isWritten(node: ts.Node): node is ts.LiteralLikeNode {
  if (ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent)) return false;
  return ts.isLiteralExpression(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node);
}

function literalsOf(path: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (isWritten(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true), visit);
  return found;
}

/**
 * The words that mean something to the decision, in lower case: those of six characters and more that are written in
 * its code, or in its data where policies have them within a text.
 */
export function ownWords(): readonly string[] {
  const code = sources
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.ts'))
    .flatMap(literalsOf);
  const texts = [...code, ...forms, ...endsOfKeys, ...data.map((path) => readFileSync(path, 'utf8'))];
  const words = texts.flatMap((text) => text.toLowerCase().match(/[\w-]{6,}/g) ?? []);
  return [...new Set(words)].sort();
}
