// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "{{ contact.first_name }}~Zoë",
        "{{ contact['first_name'] }}~Zoë",
        "{{ contact.company.sites[1] }}~b",
        "{{ contact.tags[-1] }}~blue",
        "{{ contact.tags.first }}{{ contact.tags.size }}{{ contact.tags.last }}~red3blue",
        "[{{ contact.missing.deep }}]~[]",
        "{{ contact.missing | default: 'friend' }}~friend",
        "{{ contact.html | escape }}~&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;",
        "{{ 'abc' | upcase }}{{ 'ABC' | downcase }}~ABCabc",
        "{{ 'aBC dEF' | capitalize }}~Abc def",
        "[{{ '  x ' | strip }}]~[x]",
        "{{ 'abcdefgh' | truncate: 5 }}~ab...",
        "{{ 'abcdefgh' | truncate: 5, '' }}~abcde",
        "{{ 'a-b-c' | replace: '-', '+' }}~a+b+c",
        "{{ 'a,b,c' | split: ',' | join: ' & ' }}~a & b & c",
        "{{ 'a,b,c' | split: ',' | first }}{{ 'a,b' | split: ',' | last }}~ab",
        "{{ 'Zoë' | size }}{{ contact.tags | size }}~33",
        "{{ '2026-03-09' | date: '%-d %B %Y' }}~9 March 2026",
        "{{ '2026-03-09T14:05:00+02:00' | date: '%H:%M %z' }}~14:05 +0200",
        "{{ 'now' | date: '%Y-%m-%d %T' }}~2026-11-23 09:05:07",
        "{{ 'soon' | date: '%Y' }}~soon",
        "{{ 1234567.891 | number: 2, ',' }}~1,234,567.89",
        "{{ -1234 | number: 0, ' ' }}~-1 234",
        "{{ '12.5' | number: 2 }}{{ 'x' | number }}~12.50x",
        "{% if contact.vip and contact.age >= 41 %}y{% else %}n{% endif %}~y",
        "{% if contact.blocked %}a{% elsif contact.age < 41 %}b{% else %}c{% endif %}~c",
        "{% unless contact.blocked %}y{% endunless %}~y",
        "{% if true or false and false %}y{% endif %}~y",
        "{% if contact.tags contains 'red' %}y{% endif %}~y",
        "{% if contact.first_name contains 'oë' %}y{% endif %}~y",
        "{% if contact.none == empty and contact.empty_text == blank %}y{% endif %}~y",
        "{% if contact.missing == nil %}y{% endif %}~y",
        "{% if 'a' < 1 %}y{% else %}n{% endif %}~n",
        "{% case contact.age %}{% when 1, 2 %}a{% when 41 or 42 %}b{% else %}c{% endcase %}~b",
        "{% for t in contact.tags %}{{ forloop.index }}{{ t }}{% unless forloop.last %},"
            + "{% endunless %}{% endfor %}~1red,2green,3blue",
        "{% for t in contact.tags %}{% if t == 'green' %}{% continue %}{% endif %}{{ t }}"
            + "{% endfor %}~redblue",
        "{% for t in contact.tags %}{% if t == 'green' %}{% break %}{% endif %}{{ t }}"
            + "{% endfor %}!~red!",
        "{% for t in contact.none %}x{% else %}none{% endfor %}~none",
        "{% for t in contact.tags limit: 1 offset: 1 %}{{ t }}{% endfor %}~green",
        "{% for t in contact.tags reversed %}{{ t }} {% endfor %}~blue green red ",
        "{% assign x = 'a,b' | split: ',' %}{{ x[1] }}~b",
        "a{% comment %}{{ nonsense {% if %}{% endcomment %}b~ab",
        "{% raw %}{{ x }}{% if %}{% endraw %}~{{ x }}{% if %}",
        "a  {{- ' b ' -}}  c~a b c",
        "a {%- if true -%} b {%- endif -%} c~abc",
        "{ { % }}~{ { % }}",
        "{% # note %}x~x",
        "{{ '}}' }}~}}",
        "{{ unsubscribe_url }}~https://unsubscribe.example/",
        "{{ contact.score }} {{ contact.vip }} {{ contact.tags }}~2.5 true redgreenblue",
      })
  void templateShouldMean(String template, String result) {
    assertThat(Render.text(template)).isEqualTo(result);
  }

  @Test
  void htmlShouldBeEscapedUnlessSaidOtherwise() {
    assertThat(Render.html("<i>{{ contact.html }}</i>"))
        .isEqualTo("<i>&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</i>");
    assertThat(Render.html("{{ contact.html | raw }}")).isEqualTo("<b>\"x\" & 'y'</b>");
    assertThat(Render.html("{{ '&' | escape }}")).isEqualTo("&amp;");
    assertThat(Render.html("{{ '&' | escape | replace: 'a', '<' }}")).doesNotContain("<");
  }

  @Test
  void dataShouldNeverBeReadAsLiquid() {
    assertThat(Render.text("{% assign x = '{{ tenant.name }}{% for %}' %}{{ x }}"))
        .isEqualTo("{{ tenant.name }}{% for %}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a\\n b {{ x | nope }}~Line 2, column 11: There is no filter 'nope'",
        "{% include 'x' %}~Line 1, column 11: There is no tag 'include'",
        "{% render 'x' %}~There is no tag 'render'",
        "{% if a %}~Line 1, column 6: {% if %} is not closed by {% endif %}",
        "{% endif %}~belongs to nothing",
        "{% for x in y %}{% endif %}~belongs to nothing",
        "{{ a~is not closed",
        "{{ }}~Expected a value",
        "{{ a b }}~'b' is not understood",
        "{{ a | truncate: 1, 2, 3 }}~takes 0 to 2 arguments",
        "{% assign tenant = 1 %}~is taken",
        "{% for unsubscribe_url in x %}{% endfor %}~is taken",
        "{% break %}~stands in a {% for %} only",
        "{% assign x %}~Write {% assign name = value %}",
        "{% case x %}y{% when 1 %}{% endcase %}~Nothing may stand",
        "{% raw %}~is not closed",
        "{{ a[1 }}~Expected ']'",
        "{{ 'a }}~is not closed",
        "{{ (1..3) }}~'(' is not understood",
        "{% %}~needs a name",
      })
  void compileShouldSayWhereAndWhat(String template, String words) {
    assertThatThrownBy(() -> Render.text(template.replace("\\n", "\n")))
        .isInstanceOf(LiquidException.class)
        .hasMessageContaining(words);
  }
}
