import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeKinds } from '../../shared/catalog/description.ts';
import { generatedFiles, withCoverageTable, withSection } from '../../shared/catalog/generated-files.ts';
import { ownWords } from '../../shared/cli/own-words.ts';
import { severityTable } from '../../shared/findings/severity-table.ts';
import words from '../../shared/generated/own-words.json' with { type: 'json' };
import { kinds } from '../../shared/kinds/index.ts';

test.each(generatedFiles(kinds))(
  '%s is in step with the kinds; if not, run `npm run generate`',
  (path, content) => {
    expect(readFileSync(path, 'utf8')).toBe(content);
  },
);

test('the words that mean something to the decision are those of its code; if not, run `npm run generate`', () => {
  expect(words).toEqual(ownWords());
  expect(words).toEqual(expect.arrayContaining(['assumed-role', 'cloudfront', 'githubusercontent']));
});

test.runIf(existsSync('README.md'))("the README's table is in step with the kinds", () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(withCoverageTable(readme, kinds)).toBe(readme);
});

test.runIf(existsSync('README.md'))("the README's severities are those of the code", () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(withSection(readme, 'severity', severityTable())).toBe(readme);
  expect(readme).toContain('<!-- severity -->');
});

test('the table has a row for each kind and leaves the rest of the page alone', () => {
  const page = withCoverageTable('before\n<!-- kinds -->\nold\n<!-- /kinds -->\nafter $1 $&\n', kinds);
  expect(page).toMatch(/^before\n<!-- kinds -->\n\n\| kind /);
  expect(page).toMatch(/\n\n<!-- \/kinds -->\nafter \$1 \$&\n$/);
  expect(page.match(/^\| \[`/gm)).toHaveLength(kinds.length);
  expect(withCoverageTable(page, kinds)).toBe(page);
});

test('kinds are described as data, with actions, events and reach', () => {
  const descriptions = JSON.parse(JSON.stringify(describeKinds(kinds)));
  expect(descriptions).toHaveLength(kinds.length);
  expect(descriptions.find(({ id }: { id: string }) => id === 'iam:role')).toMatchObject({
    reach: 'global',
    resourceControlPolicies: true,
    actions: ['iam:ListRoles', 'iam:GetRole', 'iam:ListAttachedRolePolicies'],
    events: [
      {
        source: 'iam.amazonaws.com',
        names: ['CreateRole', 'UpdateAssumeRolePolicy', 'DeleteRole', 'AttachRolePolicy', 'DetachRolePolicy'],
      },
    ],
  });
});

test('the services under resource control policies are those that the decision knows', () => {
  const controlled = describeKinds(kinds).filter(({ resourceControlPolicies }) => resourceControlPolicies);
  const ids = controlled.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['codebuild:project', 'events:bus', 'iam:role', 's3:bucket']));
  expect(ids).not.toContain('sns:topic');
});
