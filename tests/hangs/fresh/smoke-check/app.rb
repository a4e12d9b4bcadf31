#!/usr/bin/env ruby
require 'socket'

server = TCPServer.new('127.0.0.1', Integer(ENV.fetch('APP_PORT', '0')))

loop do
  client = server.accept
  path = client.gets.to_s.split[1]
  nil until client.gets.to_s.strip.empty?
  status = path == '/health' ? '200 OK' : '404 Not Found'
  client.write "HTTP/1.1 #{status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
  client.close
end
