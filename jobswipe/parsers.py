"""Bodies of REST requests."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework import parsers
from rest_framework.exceptions import ValidationError


class JSONParser(parsers.JSONParser):
    """JSON whose texts are texts: half a surrogate pair can be neither kept nor sent back in an error."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        data = super().parse(stream, media_type, parser_context)
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ValidationError("A text has half of a character in it (an unpaired surrogate).") from error
        return data
