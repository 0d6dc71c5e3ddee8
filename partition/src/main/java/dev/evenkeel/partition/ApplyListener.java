package dev.evenkeel.partition;

/** Hears, in the applying thread, what has just been applied. Must be quick and propose nothing. */
interface ApplyListener {
    ApplyListener NONE = new ApplyListener() {
        @Override
        public void outboxGrew() {}

        @Override
        public void dropped(long partitionId) {}

        @Override
        public void expires(long partitionId, long second) {}
    };

    /** There are index changes to carry. */
    void outboxGrew();

    /** That partition and its data are gone. */
    void dropped(long partitionId);

    /** Times of items in that partition have been entered, none before that second. */
    void expires(long partitionId, long second);
}
