package dev.evenkeel.verify.bench;

/**
 * What a successful answer must look like, told from its length and first bytes alone: a read that found nothing, or a
 * batch that was left undone, is fast and worthless and must not pass for work.
 *
 * @param bytesMin the body must be at least that long
 * @param allDone whether the body must say that nothing was left unprocessed
 */
record ExpectedBody(long bytesMin, boolean allDone) {
    static final ExpectedBody ANY = new ExpectedBody(0, false);

    private static final String UNPROCESSED = "\"Unprocessed";
    private static final String NOTHING = ":{}";

    boolean accepts(int status, long bodyBytes, String bodyStart) {
        return status == 200 && bodyBytes >= bytesMin && (!allDone || nothingLeft(bodyStart));
    }

    private static boolean nothingLeft(String body) {
        int at = body.indexOf(UNPROCESSED);
        if (at < 0) {
            return true;
        }
        int value = body.indexOf('"', at + 1) + 1;
        return body.substring(value).replace(" ", "").startsWith(NOTHING);
    }
}
