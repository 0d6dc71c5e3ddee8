package dev.evenkeel.metadata;

/** Capacity in read and write units per second; both zero under on-demand billing. */
public record Throughput(long readUnits, long writeUnits) {
    public static final Throughput ZERO = new Throughput(0, 0);

    public Throughput {
        if (readUnits < 0 || writeUnits < 0) {
            throw new IllegalArgumentException("negative throughput " + readUnits + ", " + writeUnits);
        }
    }

    /** Whether going from here to there raises reads or writes. */
    public boolean risesTo(Throughput next) {
        return next.readUnits > readUnits || next.writeUnits > writeUnits;
    }

    /** Whether going from here to there lowers reads or writes. */
    public boolean fallsTo(Throughput next) {
        return next.readUnits < readUnits || next.writeUnits < writeUnits;
    }

    /** The greater of each. */
    public Throughput max(Throughput other) {
        return new Throughput(Math.max(readUnits, other.readUnits), Math.max(writeUnits, other.writeUnits));
    }
}
