// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import javax.ws.rs.Consumes;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.ext.MessageBodyReader;

/** Reads a request's JSON; whatever is wrong with it is the caller's error and says where. */
@Consumes(MediaType.APPLICATION_JSON)
public final class JsonReader implements MessageBodyReader<Object> {

  private final ObjectMapper mapper;

  /** Reads with a mapper. */
  public JsonReader(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public boolean isReadable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
    return type.isRecord();
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream stream)
      throws IOException {
    return read(stream.readAllBytes(), mapper.constructType(generic));
  }

  Object read(byte[] body, JavaType type) {
    if (body.length == 0) {
      throw new RookeryException(CommonErrors.INVALID_REQUEST, "A JSON object is needed as body");
    }
    try (JsonParser parser = mapper.getFactory().createParser(body)) {
      Object value = mapper.readValue(parser, type);
      if (value == null || parser.nextToken() != null) {
        throw new RookeryException(
            CommonErrors.INVALID_REQUEST, "Exactly one JSON object is needed as body");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw JsonErrors.translate(e);
    } catch (IOException e) {
      throw new RookeryException(CommonErrors.INVALID_REQUEST, "The body is not UTF-8 text", e);
    }
  }
}
