"""Page objects: the only home of knowledge about Clover's markup and wording."""
