"""Addresses of the pretend providers; below each base they are those of the real ones."""

from django.urls import path

from shop.simulators.views import africastalking, daraja, phone, reversal

urlpatterns = [
    path("", phone.phones, name="simulators"),
    path("phone/<slug:number>/", phone.phone, name="simulator-phone"),
    path("phone/<slug:number>/paybill/", phone.send_money, name="simulator-paybill"),
    path("phone/<slug:number>/reply/", phone.send_reply, name="simulator-reply"),
    path("phone/<slug:number>/<slug:checkout_id>/", phone.answer_prompt, name="simulator-answer"),
    path("daraja/oauth/v1/generate", daraja.token),
    path("daraja/mpesa/stkpush/v1/processrequest", daraja.push, name="simulator-push"),
    path("daraja/mpesa/stkpushquery/v1/query", daraja.query),
    path("daraja/mpesa/c2b/v1/registerurl", daraja.register),
    path("daraja/mpesa/reversal/v1/request", reversal.reverse),
    path("africastalking/version1/messaging", africastalking.messaging, name="simulator-sms"),
    path("africastalking/version1/user", africastalking.account, name="simulator-account"),
]
