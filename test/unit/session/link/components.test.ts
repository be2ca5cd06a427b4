import assert from 'node:assert/strict';
import fc from 'fast-check';
import { components } from '../../../../src/session/link/components';

describe('components of a graph', () => {
  const graph = fc.integer({ min: 1, max: 12 }).chain((n) => fc.array(fc.array(fc.nat(n - 1), { maxLength: 4 }), { minLength: n, maxLength: n }));

  const reachable = (edges: number[][], from: number): Set<number> => {
    const seen = new Set<number>();
    const visit = (node: number): void => {
      for (const next of edges[node]!) if (!seen.has(next)) visit((seen.add(next), next));
    };
    visit(from);
    return seen;
  };

  it('hold what reaches each other, after everything that they reach', () => {
    fc.assert(
      fc.property(graph, (edges) => {
        const found = components([...edges.keys()], (node) => edges[node]!);
        const place = new Map(found.flatMap((component, i) => component.map((node) => [node, i] as const)));
        assert.equal(place.size, edges.length);
        assert.equal(found.flat().length, edges.length);
        for (const node of edges.keys()) {
          for (const other of reachable(edges, node)) {
            assert(place.get(other)! <= place.get(node)!);
            assert.equal(place.get(other) === place.get(node), other === node || reachable(edges, other).has(node));
          }
        }
      }),
    );
  });

  it('do not need the call stack', () => {
    const found = components([0], (node) => (node < 20_000 ? [node + 1] : []));
    assert.equal(found.length, 20_001);
    assert.deepEqual(found[0], [20_000]);
  });
});
