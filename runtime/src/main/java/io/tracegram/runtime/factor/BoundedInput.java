package io.tracegram.runtime.factor;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes up to a limit, beyond which reading fails. Single-threaded. */
final class BoundedInput extends FilterInputStream {
  private final long limit;
  private long left;

  /** More came than may. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong(long limit) {
      super("is larger than " + limit / (1 << 20) + " MiB: split it");
    }
  }

  BoundedInput(InputStream in, long limit) {
    super(in);
    this.limit = limit;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    return read < 0 ? read : (int) counted(1, read);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    return read < 0 ? read : (int) counted(read, read);
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    return counted(skipped, skipped);
  }

  private long counted(long count, long result) throws TooLong {
    left -= count;
    if (left < 0) {
      throw new TooLong(limit);
    }
    return result;
  }
}
