/**
 * The strongly connected components of a graph (Tarjan 1972), each after everything that it depends on.
 * A module outside any import cycle is a component of its own.
 */
export function components<Node>(roots: readonly Node[], edges: (node: Node) => readonly Node[]): Node[][] {
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const found: Node[][] = [];

  const close = (root: Node): void => {
    const component = open.splice(open.lastIndexOf(root));
    for (const node of component) isOpen.delete(node);
    found.push(component);
  };

  // With a stack of its own: import chains may be longer than the call stack.
  const visits: { readonly node: Node; readonly left: Node[] }[] = [];
  const enter = (node: Node): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    open.push(node);
    isOpen.add(node);
    visits.push({ node, left: [...edges(node)].reverse() });
  };

  for (const root of roots) {
    if (index.has(root)) continue;
    enter(root);
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const { node, left } = visit;
      const next = left.pop();
      if (next === undefined) {
        visits.pop();
        const parent = visits.at(-1)?.node;
        if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(node)!));
        if (low.get(node) === index.get(node)) close(node);
      } else if (!index.has(next)) enter(next);
      else if (isOpen.has(next)) low.set(node, Math.min(low.get(node)!, index.get(next)!));
    }
  }
  return found;
}
