package io.tracegram.runtime.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** A real disk until it is told to fail. */
final class FailingDisk implements SegmentChannel.Opener {
  boolean failWrites;
  boolean failForces;
  int forces;
  long bytesRead;

  @Override
  public SegmentChannel open(Path file, OpenOption... options) throws IOException {
    SegmentChannel real = SegmentChannel.open(file, options);
    return new SegmentChannel() {
      @Override
      public void write(ByteBuffer source, long position) throws IOException {
        if (failWrites) {
          throw new IOException("No space left on device");
        }
        real.write(source, position);
      }

      @Override
      public int read(ByteBuffer target, long position) throws IOException {
        int count = real.read(target, position);
        bytesRead += count;
        return count;
      }

      @Override
      public void force(boolean metadata) throws IOException {
        if (failForces) {
          throw new IOException("Input/output error");
        }
        forces++;
        real.force(metadata);
      }

      @Override
      public long size() throws IOException {
        return real.size();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
