package dev.evenkeel.verify.gameday;

import java.io.IOException;

/** Something bad that is done to the cluster, and undone. */
interface Fault {

    /** What is done to whom, for the report. */
    String describe();

    void inject() throws IOException, InterruptedException;

    /**
     * Undoes it; the nodes it hit run again afterwards.
     *
     * @return what there is to tell, empty when all is as expected
     * @throws GameDayException when it cannot be undone, which is the database's fault
     */
    String heal() throws IOException, InterruptedException;
}
