/** A certificate made for tests: `CN=old.example.org`, for `Push.Example.org`, `*.cdn.example.org` and an address. */
export const certificate = Buffer.from(
  [
    'MIIB6DCCAY2gAwIBAgIUWMYTjv6fiEUOiDoctkFeRrnv/70wCgYIKoZIzj0EAwIwLDEQMA4GA1UECgwHRXhhbXBsZTEYMBYGA1UE',
    'AwwPb2xkLmV4YW1wbGUub3JnMCAXDTI2MTEyMjE5MDQyMVoYDzIxMjYxMDI5MTkwNDIxWjAsMRAwDgYDVQQKDAdFeGFtcGxlMRgw',
    'FgYDVQQDDA9vbGQuZXhhbXBsZS5vcmcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR0NiQnIrx04HNFX/qV1zxOS3BsQkx/V4wk',
    'p/8CU4uiGJ3v9kMnwr2cWKkZy5AsFKweO6SiGjIibiez80y+otELo4GKMIGHMB0GA1UdDgQWBBQFjE6QPRQY8yZvXosMq/xiX0Zt',
    '2zAfBgNVHSMEGDAWgBQFjE6QPRQY8yZvXosMq/xiX0Zt2zAPBgNVHRMBAf8EBTADAQH/MDQGA1UdEQQtMCuCEFB1c2guRXhhbXBs',
    'ZS5vcmeCESouY2RuLmV4YW1wbGUub3JnhwTAAAIHMAoGCCqGSM49BAMCA0kAMEYCIQD5XtWqIUbc1EyRjuG/+1fjwZE+Ah101ijN',
    'wIRRPrcWpwIhANQILK+8czQuzv0TZ522K4HBP35WAtYZRFuX1THwc8Yl',
  ].join(''),
  'base64',
);
