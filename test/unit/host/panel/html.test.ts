import assert from 'node:assert/strict';
import { panelHtml } from '../../../../src/host/panel/html';

describe('the panel’s page', () => {
  const html = panelHtml({ script: 'https://x/panel.js', style: 'https://x/panel.css', cspSource: 'https://x', nonce: 'n0nce' });

  it('may load its script and its style, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    assert.equal(policy, "default-src 'none'; script-src 'nonce-n0nce'; style-src https://x; img-src https://x data: blob:");
  });

  it('has one script, with the nonce, and no inline code or style', () => {
    assert.deepEqual([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag), ['<script type="module" nonce="n0nce" src="https://x/panel.js">']);
    assert.doesNotMatch(html, /<style|style=|\son\w+=/);
  });
});
