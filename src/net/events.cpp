#include "net/events.h"

#include "core/text.h"

namespace linli::net {

namespace {

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

class QueuedEvents : public Events {
 public:
  explicit QueuedEvents(std::shared_ptr<EventQueue> queue) : queue_(std::move(queue)) {}
  ~QueuedEvents() override { queue_->end(); }

  bool send(std::string_view event, std::string_view data, std::string_view id) override {
    std::string text;
    if (!id.empty()) text.append("id: ").append(first_line(id)).append("\n");
    if (!event.empty()) text.append("event: ").append(first_line(event)).append("\n");
    for (const auto& line : text::split(data, '\n'))
      text.append("data: ").append(line).append("\n");
    text.append("\n");
    return queue_->add(std::move(text));
  }

 private:
  std::shared_ptr<EventQueue> queue_;
};

}  // namespace

void EventQueue::attach(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
  wake_();
}

void EventQueue::detach() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  wake_ = nullptr;
  waiting_.clear();
}

bool EventQueue::add(std::string text) {
  const std::lock_guard lock(mutex_);
  if (closed_ || overrun_) return false;
  if (waiting_.size() >= kMaxWaiting)
    overrun_ = true;
  else
    waiting_.push_back(std::move(text));
  if (wake_) wake_();
  return !overrun_;
}

void EventQueue::end() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  if (wake_) wake_();
}

std::string EventQueue::take() {
  const std::lock_guard lock(mutex_);
  std::string all;
  for (const auto& text : waiting_) all += text;
  waiting_.clear();
  return all;
}

bool EventQueue::is_over() {
  const std::lock_guard lock(mutex_);
  return closed_ || overrun_ || (ended_ && waiting_.empty());
}

std::shared_ptr<Events> make_events(std::shared_ptr<EventQueue> queue) {
  return std::make_shared<QueuedEvents>(std::move(queue));
}

}  // namespace linli::net
