package io.clientela.security;

import io.clientela.support.SingleConnectionProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** No route needs two connections at the same time. */
@QuarkusTest
@TestProfile(SingleConnectionProfile.class)
class SingleConnectionTest extends EveryRouteTest {}
