import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { FrameError, frameHead, FrameReader, type Frame } from '../../../src/protocol/framing';

const token = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

function encode(frame: Frame): Uint8Array {
  return Buffer.concat([frameHead(token, frame), frame.json, ...frame.blobs]);
}

const frames = fc.array(
  fc.record({ json: fc.uint8Array({ maxLength: 40 }), blobs: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }) }),
  { maxLength: 6 },
);

const plain = (frame: Frame): { json: number[]; blobs: number[][] } => ({
  json: [...frame.json],
  blobs: frame.blobs.map((blob) => [...blob]),
});

describe('framing', () => {
  it('gives back the frames, however the stream is cut', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(encode));
        const reader = new FrameReader(token);
        const got: Frame[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = cuts[i % cuts.length]!;
          // A copy: a stream's buffer may be used again after the event.
          got.push(...reader.push(Uint8Array.from(bytes.subarray(at, at + size))));
          at += size;
        }
        assert.deepEqual(got.map(plain), sent.map(plain));
      }),
    );
  });

  it('notices foreign bytes before, between and instead of frames', () => {
    const good = encode({ json: Buffer.from('{}'), blobs: [] });
    const foreign = Buffer.from('{"type":"ended"}\n and more of it');
    assert.throws(() => new FrameReader(token).push(foreign), FrameError);
    assert.throws(() => new FrameReader(token).push(Buffer.concat([good, foreign])), FrameError);
  });

  it('refuses sizes that no honest frame has', () => {
    const head = Buffer.from(frameHead(token, { json: new Uint8Array(0), blobs: [] }));
    head.writeUInt32LE(0xffffffff, 8);
    assert.throws(() => new FrameReader(token).push(head), FrameError);
    head.writeUInt32LE(0, 8);
    head.writeUInt32LE(0xffffffff, 12);
    assert.throws(() => new FrameReader(token).push(head), FrameError);
  });

  it('is the same as in the runner for Python', () => {
    const cases = JSON.parse(readFileSync('test/python/golden/frames.json', 'utf8')) as Record<'what' | 'token' | 'json' | 'frame', string>[] & { blobs: string[] }[];
    assert.ok(cases.length > 0);
    for (const { what, token, json, blobs, frame } of cases) {
      const whole = Buffer.from(frame.replaceAll(' ', ''), 'hex');
      const read = new FrameReader(Buffer.from(token, 'hex')).push(whole);
      assert.deepEqual(read.map((it) => [Buffer.from(it.json).toString(), it.blobs.map((blob) => Buffer.from(blob).toString('hex'))]), [[json, blobs]], what);
      const parts = { json: Buffer.from(json), blobs: blobs.map((blob) => Buffer.from(blob, 'hex')) };
      assert.deepEqual(Buffer.concat([frameHead(Buffer.from(token, 'hex'), parts), parts.json, ...parts.blobs]), whole, what);
    }
  });
});
