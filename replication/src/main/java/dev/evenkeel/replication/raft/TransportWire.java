package dev.evenkeel.replication.raft;

import dev.evenkeel.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The engine's messages over the connections between nodes. */
public final class TransportWire implements RaftWire {
    private final Transport transport;
    private final int service;

    /** @param service the number under which nodes take these messages */
    public TransportWire(Transport transport, int service) {
        this.transport = transport;
        this.service = service;
    }

    @Override
    public CompletableFuture<RaftMessage> send(String node, RaftMessage request, Duration timeout) {
        return transport
                .call(node, service, RaftMessageCodec.encode(request), timeout)
                .thenApply(RaftMessageCodec::decode);
    }

    @Override
    public void receiveWith(Receiver receiver) {
        transport.serve(
                service,
                (_, request) ->
                        receiver.receive(RaftMessageCodec.decode(request)).thenApply(RaftMessageCodec::encode));
    }
}
