package dev.evenkeel.transport;

import io.netty.channel.Channel;

/** A connection that this node has made: its requests go out, answers come in. */
final class DialledConnection extends Connection {
    private final Peer peer;

    DialledConnection(TransportOptions options, Channel channel, Peer peer) {
        super(options, channel);
        this.peer = peer;
    }

    @Override
    void opened() {
        String objection = objectionToCertificate(peer.node());
        if (objection != null) {
            close("whoever listens at " + channel.remoteAddress() + " is not " + peer.node() + ": " + objection);
            return;
        }
        var hello = new Hello(Hello.VERSION_MIN, Hello.VERSION_MAX, options.cluster(), options.self(), peer.node());
        writer.add(new OutFrame(FrameKind.HELLO, 0, hello.encode()));
        writer.pump();
    }

    @Override
    void received(FrameHeader header, byte[] payload) throws FrameException {
        switch (header.kind()) {
            case HELLO -> greeted(Hello.decode(payload));
            case RESPONSE -> {
                checkEstablished();
                peer.answered(header.requestId(), payload);
            }
            case FAILURE -> {
                var failure = Failure.decode(payload);
                if (isEstablished()) {
                    peer.failed(header.requestId(), failure);
                } else {
                    close(peer.node() + " refuses to talk: " + failure.message());
                }
            }
            case REQUEST, PING, PONG -> throw new FrameException("a request came on a connection for answers");
        }
    }

    private void greeted(Hello hello) throws FrameException {
        if (isEstablished()) {
            throw new FrameException("a second hello");
        }
        String objection = hello.objection(options.cluster(), options.self());
        if (objection == null && !hello.from().equals(peer.node())) {
            objection = hello.from() + " answered instead of " + peer.node();
        }
        if (objection != null) {
            close(objection);
            return;
        }
        established();
        peer.connected(this);
    }

    private void checkEstablished() throws FrameException {
        if (!isEstablished()) {
            throw new FrameException("an answer before hello");
        }
    }

    @Override
    void ended(String why) {
        peer.ended(this, why);
    }
}
