"""The OpenAPI surface, apis.e-conomic.com/{service}/v{version}/…: one module per service over shared machinery."""
