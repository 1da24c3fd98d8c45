package io.clientela.identity.match;

import java.util.Set;

/**
 * An e-mail address, split at the @.
 *
 * @param local the local part without what does not change the mailbox (RFC 5233's subaddress, Gmail's dots)
 * @param domain the domain
 */
record Mailbox(String local, String domain) {
    // RFC 2142 names such mailboxes in English; the others are common in small businesses.
    private static final Set<String> SHARED =
            Set.of(("info marketing sales support abuse noc security postmaster hostmaster webmaster contact office"
                            + " admin hello mail email help billing accounts accounting hr jobs team reception service orders"
                            + " shop contato comercial vendas financeiro atendimento suporte rh sac administracao adm"
                            + " contabilidade compras fiscal nfe recepcao secretaria diretoria gerencia loja faleconosco"
                            + " contacto ventas kontakt")
                    .split(" "));
    private static final Set<String> PLACEHOLDERS = Set.of(
            ("noreply donotreply none noemail test teste naotem semail sememail naoinformado na x xx xxx null nao sem"
                            + " cliente email nomail unknown")
                    .split(" "));
    private static final Set<String> PROVIDERS =
            Set.of(("gmail googlemail hotmail outlook live msn yahoo ymail icloud me aol proton protonmail gmx web"
                            + " mail uol bol terra ig globo globomail zipmail r7 oi comcast verizon att sbcglobal orange free"
                            + " libero yandex qq 163 zoho example")
                    .split(" "));

    /** Returns the mailbox of an e-mail key, or null for a placeholder or an invalid address. */
    static Mailbox of(String emailKey) {
        int at = emailKey == null ? -1 : emailKey.lastIndexOf('@');
        if (at <= 0) {
            return null;
        }
        var domain = emailKey.substring(at + 1);
        var local = emailKey.substring(0, at);
        int plus = local.indexOf('+');
        local = plus > 0 ? local.substring(0, plus) : local;
        if (domain.equals("gmail.com") || domain.equals("googlemail.com")) {
            local = local.replace(".", "");
            domain = "gmail.com";
        }
        var mailbox = new Mailbox(local, domain);
        return PLACEHOLDERS.contains(mailbox.withoutSeparators()) ? null : mailbox;
    }

    /** Returns whether the mailbox belongs to an office, so that many people may give it. */
    boolean isShared() {
        return SHARED.contains(withoutSeparators());
    }

    /** Returns whether the domain is a company's, not a public mail provider's, as far as its name shows. */
    boolean isOfCompany() {
        int dot = domain.indexOf('.');
        return !PROVIDERS.contains(dot < 0 ? domain : domain.substring(0, dot));
    }

    /** Returns the local part without separators. */
    private String withoutSeparators() {
        return local.replace(".", "").replace("-", "").replace("_", "");
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
