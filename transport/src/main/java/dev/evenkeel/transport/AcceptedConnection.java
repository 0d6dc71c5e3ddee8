package dev.evenkeel.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** A connection that another node has made: its requests come in, answers go out. */
final class AcceptedConnection extends Connection {
    private final Services services;
    private final Guests guests;
    private final Inbox<Answer> answers;

    /** Requests of this connection whose answers have not left. */
    private final Budget underWay;

    /** Null until the other side has said who it is. */
    private @Nullable String node;

    AcceptedConnection(TransportOptions options, Channel channel, Services services, Guests guests) {
        super(options, channel);
        this.services = services;
        this.guests = guests;
        this.answers = new Inbox<>(channel.eventLoop(), this::send, writer::pump);
        this.underWay = new Budget(options.limits());
    }

    @Override
    void opened() {} // whoever dials speaks first

    @Override
    void received(FrameHeader header, byte[] payload) throws FrameException {
        String from = node;
        if (header.kind() == FrameKind.HELLO && from == null) {
            greeted(Hello.decode(payload));
        } else if (header.kind() == FrameKind.REQUEST && from != null) {
            request(from, header.service(), header.requestId(), payload);
        } else {
            throw new FrameException("a frame of kind " + header.kind() + " is out of place");
        }
    }

    private void greeted(Hello hello) {
        String objection = hello.objection(options.cluster(), options.self());
        if (objection == null) {
            objection = objectionToCertificate(hello.from());
        }
        if (objection != null) {
            refuse(objection);
            return;
        }
        node = hello.from();
        var answer = new Hello(
                hello.commonVersion(), hello.commonVersion(), options.cluster(), options.self(), hello.from());
        writer.add(new OutFrame(FrameKind.HELLO, 0, answer.encode()));
        writer.pump();
        established();
        guests.arrived(hello.from(), this);
    }

    private void refuse(String objection) {
        writer.add(new OutFrame(FrameKind.FAILURE, 0, Failure.refused(objection).encode()));
        writer.pump();
        closeAfterWriting("refused: " + objection);
    }

    private void request(String from, int service, long requestId, byte[] payload) {
        var handler = services.find(service);
        if (handler == null) {
            answers.add(Answer.refusal(requestId, Services.unknown(service)));
        } else if (!underWay.take(payload.length)) {
            answers.add(Answer.refusal(requestId, underWay.overdrawn()));
        } else {
            Services.ask(handler, from, payload)
                    .whenComplete((answer, failure) -> answers.add(answer(requestId, answer, failure, payload.length)));
        }
    }

    private Answer answer(long requestId, byte @Nullable [] answer, @Nullable Throwable failure, int requestBytes) {
        if (answer == null) {
            var message = failure == null ? "the handler gave no answer" : Failures.messageOf(failure);
            return Answer.failure(requestId, message, underWay, requestBytes);
        }
        if (answer.length > options.limits().payloadBytesMax()) {
            var message = "the answer: " + options.limits().tooLong(answer);
            return Answer.failure(requestId, message, underWay, requestBytes);
        }
        return Answer.response(requestId, answer, underWay, requestBytes);
    }

    private void send(Answer answer) {
        if (takesFrames()) {
            writer.add(answer);
        } else {
            answer.end();
        }
    }

    /** Takes no more requests from a node that does not take its answers. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        super.channelWritabilityChanged(context);
        channel.config().setAutoRead(channel.isWritable());
    }

    @Override
    void ended(String why) {
        guests.left(node, this, why);
    }
}
