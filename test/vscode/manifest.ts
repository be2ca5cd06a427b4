import * as vscode from 'vscode';
import { extensionId } from './harness';

export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Record<string, { readonly scope: string; readonly default: unknown }> };
    readonly menus: Record<string, readonly { readonly command?: string; readonly submenu?: string }[]>;
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] } };
}

/** The package.json that VS Code has read. */
export const manifest = (): Manifest => vscode.extensions.getExtension(extensionId)!.packageJSON as Manifest;
