import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { activateExtension, extensionId } from '../harness';
import { manifest } from '../manifest';

describe('contributions', () => {
  before(activateExtension);

  it('have a handler for every command, and no command without a title', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('corewise.') && !id.includes('.walkthrough'));
    const contributed = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(contributed.filter((id) => !registered.includes(id)), []);
    assert.deepEqual(
      registered.filter((id) => !contributed.includes(id) && !/\.(focus|open|resetViewLocation|toggleVisibility|removeView)$/.test(id)),
      [],
    );
  });

  it('name only commands that exist in their menus', () => {
    const { commands, menus } = manifest().contributes;
    const ids = new Set(commands.map(({ command }) => command));
    const used = Object.values(menus).flatMap((items) => items.flatMap(({ command }) => command ?? []));
    assert.deepEqual(used.filter((id) => !ids.has(id)), []);
  });

  it('have pictures for the walkthrough', () => {
    const { extensionPath } = vscode.extensions.getExtension(extensionId)!;
    for (const { steps } of manifest().contributes.walkthroughs) {
      for (const { media } of steps) assert.ok(existsSync(`${extensionPath}/${media.svg}`), media.svg);
    }
  });
});

describe('settings', () => {
  const own = () => vscode.workspace.getConfiguration('corewise');

  it('have the defaults that the manifest tells', () => {
    for (const [name, { default: value }] of Object.entries(manifest().contributes.configuration.properties)) {
      assert.deepEqual(vscode.workspace.getConfiguration().get(name), value, name);
    }
  });

  it('that name a program cannot come from a workspace', async () => {
    const { properties } = manifest().contributes.configuration;
    const programs = ['nodePath', 'pythonPath'];
    const restricted = manifest().capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(restricted, programs.map((name) => `corewise.${name}`));
    for (const name of programs) {
      assert.equal(properties[`corewise.${name}`]?.scope, 'machine');
      await assert.rejects(async () => own().update(name, '/tmp/evil', vscode.ConfigurationTarget.Workspace));
      assert.equal(own().get(name), '');
    }
  });

  it('of numbers can', async () => {
    await own().update('timeoutMs', 1234, vscode.ConfigurationTarget.Workspace);
    assert.equal(own().get('timeoutMs'), 1234);
    await own().update('timeoutMs', undefined, vscode.ConfigurationTarget.Workspace);
  });
});
