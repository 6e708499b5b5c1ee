# mediaConvertJobIdToStatusEdgeApi, after the description of the handler in
# https://blog.nightonly.com (2022-05-10): its checks in their order, its answers, and
# its table in Tokyo. Written anew; it knows nothing of bench.
import json
import logging
import re
from urllib.parse import parse_qs

import boto3

logger = logging.getLogger()
logger.setLevel(logging.INFO)

ALLOWED_ORIGINS = r'https://.*\.nightonly\.com'
HEADERS = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, OPTIONS',
    'Access-Control-Allow-Headers': '*',
    'Access-Control-Max-Age': '7200',
    'Content-Type': 'application/json; charset=UTF-8',
}

session = boto3.session.Session(region_name='ap-northeast-1')
table = session.resource('dynamodb').Table('MediaConvertJobIdToStatus')


def edge_headers():
    return {name.lower(): [{'key': name, 'value': value}] for name, value in HEADERS.items()}


def error(code, message):
    return {'status': code, 'headers': edge_headers(), 'body': json.dumps({'success': False, 'message': message})}


def lambda_handler(event, context):
    logger.info(json.dumps(event))
    request = event['Records'][0]['cf']['request']

    if request['method'] == 'OPTIONS':
        return {'status': 200, 'headers': edge_headers()}
    if request['method'] != 'GET':
        return error(404, 'No route matches.')

    origin = request['headers'].get('origin', [{'value': ''}])[0]['value']
    if origin and not any(re.fullmatch(pattern, origin) for pattern in ALLOWED_ORIGINS.split()):
        return error(422, 'ORIGIN is invalid.')

    params = parse_qs(request['querystring'])
    if not params:
        return error(400, 'Not found parameter.')
    if 'job_id' not in params:
        return error(400, 'Not found parameter job_id.')
    job_id = params['job_id'][0]
    if not job_id:
        return error(422, 'Not exist parameter job_id.')

    response = table.get_item(Key={'JobId': job_id})
    if 'Item' not in response:
        return error(422, 'Not found item.')
    item = response['Item']

    result = {'success': True, 'job_status': item['JobStatus'], 'progress_rate': int(item['ProgressRate'])}
    info = {}
    if item['JobStatus'] == 'COMPLETE':
        info = {
            'duration_ms': int(item['DurationMs']),
            'width_px': int(item['WidthPx']),
            'height_px': int(item['HeightPx']),
            'output_path': item['OutputPath'],
            'playlists': item['Playlists'],
        }
    elif item['JobStatus'] == 'ERROR':
        info = {'error_code': int(item['ErrorCode']), 'error_message': item['ErrorMessage']}
    return {'status': 200, 'headers': edge_headers(), 'body': json.dumps({**result, **info})}
