"""The assistant as tools for language models, by the Model Context Protocol: on stdio (`bht mcp`) and over HTTP beside the API."""
