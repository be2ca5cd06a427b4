import { chooseProgram } from './choose-program';

/** Lets a person say which Node.js runs functions. */
export const chooseNode = (): Promise<void> =>
  chooseProgram({
    title: 'The Node.js that runs your functions',
    setting: 'nodePath',
    file: { detail: 'The program node (node.exe on Windows), 20 or newer', title: 'The program of a Node.js' },
    search: 'What the project asks for, what is on the PATH, or else the one inside VS Code',
  });
