package io.clientela.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlsTest {
    private final WebhookUrls urls = new WebhookUrls(new TestSettings(false, Duration.ofSeconds(10)));
    private final WebhookUrls urlsForTrying = new WebhookUrls(new TestSettings(true, Duration.ofSeconds(10)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://receiver.example",
                "https://receiver.example/",
                "HTTPS://Receiver.Example/hook",
                "https://receiver.example:443/hook?key=a%20b&c=/../d",
                "https://receiver.example:8443/a;b=c/@d",
                "https://xn--bcher-kva.example/hook",
                "https://a.b.c.d.e-f.example",
                "https://10.example/",
                "https://local.example/",
                "https://1.1.1.1/",
                "https://[2606:4700:4700::1111]/",
                "https://[2606:4700:4700::1111]:8443/hook",
            })
    void publicUrlIsAccepted(String url) {
        assertThat(urls.refusal(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "receiver.example",
                "/hook",
                "//receiver.example/hook",
                "https:",
                "https:receiver.example",
                "https://",
                "https:///hook",
                "https://:443/",
                "http://receiver.example/",
                "ftp://receiver.example/",
                "file:///etc/passwd",
                "gopher://receiver.example/",
                "jar:https://receiver.example/",
                "javascript:alert(1)",
                "https://user@receiver.example/",
                "https://user:password@receiver.example/",
                "https://:@receiver.example/",
                "https://@receiver.example/",
                "https://receiver.example@10.0.0.1/",
                "https://receiver.example/#fragment",
                "https://receiver.example/#",
                "https://receiver.example:80/",
                "https://receiver.example:22/",
                "https://receiver.example:0/",
                "https://receiver.example:65536/",
                "https://receiver.example:99999999999/",
                "https://receiver.example:-1/",
                "https://receiver.example:+443/",
                "https://receiver.example:4 43/",
                "https://receiver.example/a b",
                "https://receiver.example/\r\nX-Header: 1",
                "https://receiver.example\r\n/",
                "https://receiver.example/\u0000",
                "https://receiver.example/\t",
                " https://receiver.example/",
                "https://receiver.example/\n",
                "https://receiver.example\\@10.0.0.1/",
                "https://receiver.example/%zz",
                "https://receiver%2eexample/",
                "https://127.0.0.1%2ereceiver.example/",
                "https://bücher.example/",
                "https://receiver.example/bücher",
                "https://①②⑦.⓪.⓪.①/",
                "https://127。0。0。1/",
                "https://receiver\u200b.example/",
                "https://receiver..example/",
                "https://.receiver.example/",
                "https://receiver.example./",
                "https://-receiver.example/",
                "https://receiver-.example/",
                "https://re_ceiver.example/",
                "https://*.example/",
            })
    void malformedUrlIsRefused(String url) {
        assertThat(urls.refusal(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost.",
                "receiver",
                "postgres",
                "app.localhost",
                "app.localhost.",
                "printer.local",
                "PRINTER.LOCAL",
                "clientela.default.svc.cluster.local",
                "metadata.google.internal",
                "host.docker.internal",
                "localhost.localdomain",
                "router.lan",
                "mail.corp",
                "nas.home",
                "nas.home.arpa",
                "1.0.0.127.in-addr.arpa",
                "hidden.onion",
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "127.0.0.1.",
                "127.0.0.01",
                "0127.0.0.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f.1",
                "0x7f000001",
                "0X7F000001",
                "2130706433",
                "017700000001",
                "0",
                "0x",
                "receiver.example.0x7f",
                "receiver.example.1",
                "1.1.1",
                "1.1.1.1.1",
                "256.1.1.1",
                "4294967296",
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.18.0.1",
                "203.0.113.1",
                "224.0.0.1",
                "255.255.255.255",
                "[::]",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::127.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::ffff:1.1.1.1]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::10.0.0.1]",
                "[64:ff9b:1::1]",
                "[2001:0:7f00:1::1]",
                "[2001:db8::1]",
                "[2002:7f00:1::]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[fe80::1%25eth0]",
                "[fe80::1%eth0]",
                "[2606:4700:4700::1111%25eth0]",
                "[2606:4700:4700::1111%eth0]",
                "[ff02::1]",
                "[]",
                "[1.1.1.1]",
                "[v1.fe80::a]",
            })
    void privateHostIsRefused(String host) {
        assertThat(urls.refusal("https://" + host + "/hook")).isPresent();
        assertThat(urls.refusal("https://" + host + ":443")).isPresent();
    }

    @Test
    void tooLongUrlIsRefused() {
        var url = "https://receiver.example/";

        assertThat(urls.refusal(url + "a".repeat(2_048 - url.length()))).isEmpty();
        assertThat(urls.refusal(url + "a".repeat(2_049 - url.length()))).isPresent();
        assertThat(urls.refusal("https://" + "a".repeat(64) + ".example")).isPresent();
        assertThat(urls.refusal("https://" + "a.".repeat(124) + "example")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("urlsForTrying")
    void privateUrlIsAcceptedForTrying(String url) {
        assertThat(urlsForTrying.refusal(url)).isEmpty();
    }

    static List<String> urlsForTrying() {
        return List.of(
                "http://localhost:3000/hook",
                "http://127.0.0.1:3000",
                "http://[::1]:3000",
                "http://receiver:80/",
                "https://10.0.0.1:9443/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://localhost/",
                "http://user@localhost/",
                "http://localhost/#fragment",
                "http://localhost/\r\n",
                "http:///hook",
                "http://localhost:65536/",
                "http://localhost:0/"
            })
    void malformedUrlIsRefusedForTrying(String url) {
        assertThat(urlsForTrying.refusal(url)).isPresent();
    }

    @Test
    void refusalNamesThePorts() {
        assertThat(urls.refusal("https://receiver.example:22/"))
                .contains("must not have another port than 443 or 8443");
    }
}
