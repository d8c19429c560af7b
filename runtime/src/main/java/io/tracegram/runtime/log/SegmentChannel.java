package io.tracegram.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** What a segment asks of its file; an interface, so that tests can make the disk fail. */
interface SegmentChannel extends Closeable {
  /** Opens a file. */
  interface Opener {
    SegmentChannel open(Path file, OpenOption... options) throws IOException;
  }

  /** Writes all remaining bytes; nothing is promised until {@link #force}. */
  void write(ByteBuffer source, long position) throws IOException;

  /** Reads until the target is full or the file ends; returns the number of bytes read. */
  int read(ByteBuffer target, long position) throws IOException;

  /** Returns when all that was written is on disk, with the file's size if {@code metadata}. */
  void force(boolean metadata) throws IOException;

  long size() throws IOException;

  static SegmentChannel open(Path file, OpenOption... options) throws IOException {
    FileChannel channel = FileChannel.open(file, options);
    return new SegmentChannel() {
      @Override
      public void write(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
          at += channel.write(source, at);
        }
      }

      @Override
      public int read(ByteBuffer target, long position) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
          int count = channel.read(target, position + total);
          if (count < 0) {
            break;
          }
          total += count;
        }
        return total;
      }

      @Override
      public void force(boolean metadata) throws IOException {
        channel.force(metadata);
      }

      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
