# frozen_string_literal: true

$stdout.sync = true

Message = Struct.new(:to, :subject)

class Mailer
  def initialize(rows)
    @rows = rows
    @queue = Queue.new
  end

  def start
    @reader = Thread.new { read_rows }
    @reader.name = 'row-reader'
    @reader.report_on_exception = false
    @pinger = Thread.new { ping_server }
    @pinger.name = 'pinger'
  end

  def read_rows
    @rows.each do |row|
      to, subject = row.split(';')
      @queue << Message.new(to.strip, subject.strip)
    end
    @queue << nil
  end

  def ping_server
    loop { sleep 120 }
  end

  def deliver_all
    sent = 0
    while (message = next_message)
      puts "to #{message.to}: #{message.subject}"
      sent += 1
    end
    sent
  end

  def next_message
    @queue.pop
  end
end

rows = ['ada@example.org; Invoice', 'bob@example.org; Reminder', 'eve@example.org', 'kim@example.org; Offer']
mailer = Mailer.new(rows)
mailer.start
puts 'READY'
puts "#{mailer.deliver_all} sent"
