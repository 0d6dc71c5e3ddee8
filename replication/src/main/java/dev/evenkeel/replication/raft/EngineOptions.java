package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.option.NodeOptions;

/** The engine's options of one replica, by which our parts of it find each other. */
final class EngineOptions extends NodeOptions {
    private final GroupMessages messages;

    EngineOptions(GroupMessages messages) {
        this.messages = messages;
    }

    GroupMessages messages() {
        return messages;
    }
}
