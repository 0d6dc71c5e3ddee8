package dev.evenkeel.verify.gameday;

/** One bit of a message between nodes arrives flipped. The checksum of the message must find it. */
record FlipOnWire(ClusterUnderTest cluster, ClusterNode from, ClusterNode to) implements Fault {
    @Override
    public String describe() {
        return "a bit flipped on the wire from " + from + " to " + to;
    }

    @Override
    public void inject() {
        cluster.links().flows(from, to).forEach(Flow::flipNextBit);
    }

    @Override
    public String heal() {
        boolean isIdle = cluster.links().flows(from, to).stream().allMatch(Flow::isToFlip);
        cluster.links().flows(from, to).forEach(Flow::mend);
        return isIdle ? "nothing went that way" : "";
    }
}
