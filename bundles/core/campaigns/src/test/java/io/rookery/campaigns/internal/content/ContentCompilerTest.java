// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.campaigns.CampaignContent.Links;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.campaigns.internal.liquid.LiquidException;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCompilerTest {

  private static final Map<String, Object> DATA =
      Map.of(
          "contact", Map.of("first_name", "Ada", "url", "https://data.example/?a=1&b=2"),
          "tenant", Map.of("name", "Heronry", "postal_address", "1 Rookery Lane"));

  private static final Links TRACKED =
      new Links() {
        @Override
        public String click(int number) {
          return "https://t.example/c/" + number;
        }

        @Override
        public String open() {
          return "https://t.example/o";
        }

        @Override
        public String unsubscribe() {
          return "https://t.example/u";
        }
      };

  private static CompiledContent compile(ContentSource source, Category category) {
    CampaignData campaign =
        new CampaignData("C", null, List.of(), List.of(), null, null, category, true, true, null);
    return new ContentCompiler(Clock.systemUTC()).compile(Uuids.next(), campaign, source);
  }

  private static CompiledContent transactional(String html) {
    return compile(new ContentSource("S", html, null), Category.TRANSACTIONAL);
  }

  private static RenderedMessage commercial(String html, String text) {
    return compile(new ContentSource("S", html, text), Category.COMMERCIAL).render(DATA, TRACKED);
  }

  @Test
  void staticLinksShouldBeNumberedAndSharedByTarget() {
    CompiledContent content =
        transactional(
            "<a href=\"https://a.example/?x=1&amp;y=2\">1</a><A class=b HREF='http://b.example/'>2"
                + "</A><a href=https://c.example/d>3</a><a href=\"http://b.example/\">4</a>");
    assertThat(content.links())
        .containsExactly("https://a.example/?x=1&y=2", "http://b.example/", "https://c.example/d");
    assertThat(content.render(DATA, TRACKED).html())
        .startsWith(
            "<a href=\"https://t.example/c/0\">1</a><A class=b HREF='https://t.example/c/1'>2</A>"
                + "<a href=https://t.example/c/2>3</a><a href=\"https://t.example/c/1\">4</a>");
    assertThat(content.render(DATA, Samples.LINKS).html())
        .startsWith("<a href=\"https://a.example/?x=1&amp;y=2\">1</a>")
        .doesNotContain("<img");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a href=\"{{ contact.url }}\">x</a>",
        "<a href=\"https://a.example/{{ contact.first_name }}\">x</a>",
        "<a href=\"mailto:a@b.example\">x</a>",
        "<a href=\"tel:+123\">x</a>",
        "<a href=\"#top\">x</a>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"https://\">x</a>",
        "<link href=\"https://a.example/style.css\">",
        "<a data-href=\"https://a.example/\">x</a>",
        "<p title='<a href=\"https://a.example/\">'>x</p>",
        "<!-- <a href=\"https://a.example/\">x</a> -->",
        "<style>a[href=\"https://a.example/\"] { color: red }</style>",
        "{{ contact.url }}",
      })
  void otherAddressesShouldStayAsTheyAre(String html) {
    assertThat(transactional(html).links()).isEmpty();
  }

  @Test
  void mergedDataShouldBeEscapedInAddressesAndNeverTracked() {
    RenderedMessage message =
        transactional("<a href=\"{{ contact.url }}\">x</a>").render(DATA, TRACKED);
    assertThat(message.html()).startsWith("<a href=\"https://data.example/?a=1&amp;b=2\">x</a>");
    assertThat(message.text()).contains("x (https://data.example/?a=1&b=2)");
  }

  @Test
  void numbersShouldStayThoseThatWereFixed() {
    ContentSource source =
        new ContentSource(
            "S", "<a href='https://a.example/'>a</a><a href='https://b.example/'>b</a>", null);
    CompiledContent content =
        new ContentCompiler(Clock.systemUTC())
            .compile(
                Uuids.next(),
                transactional("x").campaign(),
                source,
                List.of("https://gone.example/", "https://b.example/"));
    assertThat(content.render(DATA, TRACKED).html())
        .startsWith("<a href='https://a.example/'>a</a><a href='https://t.example/c/1'>b</a>");
  }

  @Test
  void pixelAndFooterShouldStandBeforeTheBodysEnd() {
    String html = commercial("<html><body>Hi</body></html>", null).html();
    assertThat(html)
        .startsWith("<html><body>Hi<p ")
        .contains("Heronry · 1 Rookery Lane", "<a href=\"https://t.example/u\">Unsubscribe</a>")
        .contains("<img src=\"https://t.example/o\" width=\"1\"")
        .endsWith("</body></html>");
  }

  @Test
  void footerShouldHoldOnlyWhatIsLacking() {
    String both = "{{ tenant.postal_address }} <a href='{{ unsubscribe_url }}'>Leave</a>";
    assertThat(commercial(both, null).html()).doesNotContain("<p ");
    assertThat(commercial("{{ tenant.postal_address }}", null).html())
        .containsOnlyOnce("1 Rookery Lane")
        .contains("Unsubscribe</a>");
    assertThat(transactional("x").render(DATA, Samples.LINKS).html()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% if false %}{{ tenant.postal_address }}{{ unsubscribe_url }}{% endif %}",
        "<!-- {{ tenant.postal_address }} {{ unsubscribe_url }} -->",
        "<style>{{ tenant.postal_address }} {{ unsubscribe_url }}</style>",
        "<i title='{{ tenant.postal_address }} {{ unsubscribe_url }}'></i>",
        "{{ tenant.postal_address | truncate: 0, '' }}{{ unsubscribe_url | replace: 'h', 'x' }}",
      })
  void dutiesShouldNotBeHidden(String html) {
    RenderedMessage message = commercial(html, null);
    assertThat(message.html())
        .contains("Heronry · 1 Rookery Lane", "<a href=\"https://t.example/u\">Unsubscribe</a>");
    assertThat(message.text()).contains("1 Rookery Lane\n", "Unsubscribe: https://t.example/u\n");
  }

  @Test
  void textShouldGetItsFooterToo() {
    RenderedMessage message = commercial(null, "Hi <b>");
    assertThat(message.html()).isNull();
    assertThat(message.text())
        .isEqualTo("Hi <b>\n\nHeronry, 1 Rookery Lane\nUnsubscribe: https://t.example/u\n");
  }

  @Test
  void textShouldBeDerivedWithItsLiquidStillInIt() {
    CompiledContent content =
        transactional(
            """
            <html><head><title>T</title><style>p { x: y }</style></head><body>
            <h1>News &amp; more</h1>
            <p>Dear {{ contact.first_name | escape }},
               <b>welcome</b>.</p>
            {% if contact.vip %}<p>VIP</p>{% else %}<p>Not <i>yet</i></p>{% endif %}
            <ul><li>One</li><li>Two</li></ul>
            <table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>
            <p><a href="https://a.example/?x=1&amp;y=2">Read on</a><br>
            <a href="https://b.example/">https://b.example/</a></p>
            {% raw %}{{ left }}{% endraw %}
            </body></html>
            """);
    assertThat(content.render(DATA, TRACKED).text())
        .isEqualTo(
            """
            News & more

            Dear Ada, welcome.

            Not yet

            - One
            - Two

            a b
            c

            Read on (https://a.example/?x=1&y=2)
            https://b.example/

            {{ left }}
            """);
  }

  @Test
  void derivedTextShouldNotMixAddressesOfACondition() {
    String html =
        "<a href=\"{% if contact.first_name %}https://a.example/{% else %}https://b.example/"
            + "{% endif %}\">Go</a> on";
    RenderedMessage message = transactional(html).render(DATA, TRACKED);
    assertThat(message.html()).startsWith("<a href=\"https://a.example/\">Go</a>");
    assertThat(message.text()).isEqualTo("Go on\n");
  }

  @Test
  void halfOpenHtmlShouldBeRefused() {
    for (String html :
        List.of(
            "x <!-- y",
            "<a href=\"x",
            "<style>x",
            "{% if a %}<!--{% endif %} --> x",
            "{% if a %}<a href=\"{% endif %}\">x</a>")) {
      assertThatThrownBy(() -> transactional(html)).as(html).isInstanceOf(LiquidException.class);
    }
    assertThat(transactional("<td {% if a %}class=\"b\"{% endif %}>1 < 2</td>").links()).isEmpty();
  }

  @Test
  void subjectShouldStayOnOneLine() {
    ContentSource source = new ContentSource("Hi {{ contact.first_name }}", null, "t");
    Map<String, Object> data =
        Map.of("contact", Map.of("first_name", "A\r\nBcc: x@y.example\u2028\u0000"));
    assertThat(compile(source, Category.TRANSACTIONAL).render(data, TRACKED).subject())
        .isEqualTo("Hi A Bcc: x@y.example");
  }

  @Test
  void passedBoundsShouldBeAnErrorOfThisArea() {
    String loop = "{% for x in contact.list %}.{% endfor %}";
    CompiledContent content = compile(new ContentSource("S", null, loop), Category.TRANSACTIONAL);
    Map<String, Object> data = Map.of("contact", Map.of("list", Collections.nCopies(1001, "x")));
    assertThatThrownBy(() -> content.render(data, TRACKED))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code().name()).isEqualTo("campaigns.render_failed"));
  }
}
