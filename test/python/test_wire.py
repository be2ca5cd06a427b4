import json
import os
import random
import threading
import unittest

import support
from corewise_runner.wire import ForeignBytes, Frame, FrameReader, Wire, frame_of, open_pipe


def golden():
    with open(os.path.join(support.HERE, "golden", "frames.json"), encoding="utf-8") as file:
        return json.load(file)


class Frames(unittest.TestCase):
    def test_are_written_and_read_as_the_session_does(self):
        for case in golden():
            with self.subTest(case["what"]):
                token, whole = bytes.fromhex(case["token"]), bytes.fromhex(case["frame"].replace(" ", ""))
                blobs = [bytes.fromhex(blob) for blob in case["blobs"]]
                read, write = os.pipe()
                wire = Wire(read, write, token)
                wire.send(Frame(case["json"].encode(), blobs))
                self.assertEqual(os.read(read, 1 << 16), whole)
                (frame,) = FrameReader(token).push(whole)
                self.assertEqual(bytes(frame.json).decode(), case["json"])
                self.assertEqual([bytes(blob) for blob in frame.blobs], blobs)
                os.close(read), os.close(write)

    def test_come_out_whole_wherever_the_stream_is_cut(self):
        chance = random.Random(7)
        token = b"12345678"
        for _ in range(200):
            messages = [({"n": chance.randrange(10**6), "text": "é" * chance.randrange(40)}, [chance.randbytes(chance.randrange(300)) for _ in range(chance.randrange(4))]) for _ in range(chance.randrange(1, 6))]
            stream = b""
            for message, blobs in messages:
                read, write = os.pipe()
                Wire(read, write, token).send(frame_of(message, blobs))
                stream += os.read(read, 1 << 20)
                os.close(read), os.close(write)
            reader, got = FrameReader(token), []
            while stream:
                size = chance.randrange(1, 50)
                got += [(frame.message, [bytes(blob) for blob in frame.blobs]) for frame in reader.push(stream[:size])]
                stream = stream[size:]
            self.assertEqual(got, messages)

    def test_are_refused_where_a_byte_is_not_ours(self):
        for stream in (b"x" * 16, b"12345678" + b"\xff" * 8, b"12345678" + (0).to_bytes(4, "little") + (1 << 17).to_bytes(4, "little")):
            with self.subTest(stream), self.assertRaises(ForeignBytes):
                list(FrameReader(b"12345678").push(stream))

    def test_wait_in_line_while_nobody_reads(self):
        read, write = open_pipe()
        os.set_blocking(write, False)
        wire = Wire(read, write, b"12345678")
        sent = frame_of({"type": "chunk"}, [b"x" * (1 << 23)])
        wire.queue(sent)
        self.assertFalse(wire.flush())
        other = Wire(read, write, b"12345678")
        received = []
        thread = threading.Thread(target=lambda: received.append(other.receive()))
        thread.start()
        while not wire.flush():
            pass
        thread.join(10)
        self.assertEqual(bytes(received[0].blobs[0]), b"x" * (1 << 23))
        os.close(write)
        self.assertIsNone(other.receive())
        os.close(read)


if __name__ == "__main__":
    unittest.main()
